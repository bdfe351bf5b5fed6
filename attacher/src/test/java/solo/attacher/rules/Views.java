package solo.attacher.rules;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.attacher.model.Answers;
import solo.attacher.model.AttachView;
import solo.attacher.model.AttachView.Standing;
import solo.kube.model.CsiNode;
import solo.kube.model.CsiSource;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectMeta;
import solo.kube.model.PersistentVolume;
import solo.kube.model.VolumeAttachment;
import solo.kube.model.VolumeSpec;

/** Views of driver {@code driver}, volume {@code pv} with handle {@code handle} and node {@code node}, for rules. */
final class Views {
    private Views() {}

    static VolumeAttachment attachment(String name) {
        return new VolumeAttachment(
                meta(name), "driver", "node", "pv", null, new VolumeAttachment.Status(false, Map.of(), null, null));
    }

    static AttachView of(VolumeSpec spec) {
        PersistentVolume volume = new PersistentVolume(meta("pv"), spec, "Bound", "Delete", "", null, null, null, null);
        CsiNode node = new CsiNode(meta("node"), Map.of("driver", new CsiNode.Registration("id-node", List.of())));
        return new AttachView(attachment("va"), volume, node, Standing.UNDISPUTED, Answers.NONE);
    }

    static VolumeSpec spec(CsiSource csi, String... accessModes) {
        return new VolumeSpec(csi, List.of(accessModes), null, List.of());
    }

    static CsiSource csi(boolean readOnly, @Nullable String fsType) {
        return new CsiSource("driver", "handle", readOnly, fsType, Map.of("a", "b"), null, null);
    }

    private static ObjectMeta meta(String name) {
        return new ObjectMeta(ObjectKey.cluster(name), "uid", "1", null, null, List.of(), Map.of(), Map.of());
    }
}
