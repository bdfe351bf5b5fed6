package solo.app.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.model.Reason;
import solo.kube.model.VolumeAttachment;

/** An attachment, and what the controllers would do about it. */
record RehearsedAttachment(VolumeAttachment attachment, List<Rehearsal> rehearsals) {
    RehearsedAttachment {
        rehearsals = List.copyOf(rehearsals);
    }

    /** All of the volume of this name, which may be gone. */
    static List<RehearsedAttachment> of(Cluster cluster, String volume, Rehearsals rehearsals)
            throws ApiException, InterruptedException {
        List<RehearsedAttachment> attachments = new ArrayList<>();
        for (VolumeAttachment attachment :
                cluster.store(Kinds.ATTACHMENT).byIndex(Kinds.ATTACHMENT_BY_VOLUME, volume)) {
            attachments.add(new RehearsedAttachment(attachment, rehearsals.of(Kinds.ATTACHMENT, attachment)));
        }
        return List.copyOf(attachments);
    }

    String name() {
        return attachment.key().name();
    }

    String node() {
        return attachment.nodeName();
    }

    boolean detaching() {
        return attachment.meta().deleting();
    }

    /** Null if nothing but the driver is waited for. */
    @Nullable
    Reason reason() {
        return rehearsals.stream()
                .map(Rehearsal::reason)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    boolean asksDriver() {
        return rehearsals.stream().anyMatch(rehearsal -> !rehearsal.rpc().isEmpty());
    }

    List<String> effects() {
        return rehearsals.stream()
                .flatMap(rehearsal -> rehearsal.effects().stream())
                .toList();
    }
}
