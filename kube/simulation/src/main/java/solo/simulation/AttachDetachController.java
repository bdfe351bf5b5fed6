package solo.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;

/**
 * The controller-manager's attach-detach controller for CSI volumes: an attachment for every placed pod's volume, none
 * for the others, and never two nodes for a volume of one node.
 */
public final class AttachDetachController implements KubernetesPart {

    private record Wanted(ObjectKey volume, String handle, String node) {
        /** pkg/volume/csi, getAttachmentName. */
        String name() {
            try {
                byte[] text = (handle + ModelDriver.NAME + node).getBytes(StandardCharsets.UTF_8);
                return "csi-"
                        + HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(text));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }

    @Override
    public List<Move> moves(World world) {
        List<Move> moves = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (Json pod : world.server().objects(Objects.POD)) {
            for (Wanted wanted : wantedBy(world, pod)) {
                ObjectKey key = ObjectKey.cluster(wanted.name());
                names.add(key.name());
                if (!world.object(Kinds.ATTACHMENT, key).present() && !attachedElsewhere(world, wanted)) {
                    moves.add(new Move(
                            "attach " + wanted.volume() + " to",
                            wanted.node(),
                            () -> world.server()
                                    .add(Objects.attachment(key.name())
                                            .node(wanted.node())
                                            .volume(wanted.volume().name()))));
                }
            }
        }
        for (Json attachment : world.server().objects(Kinds.ATTACHMENT)) {
            ObjectKey key = KubernetesObjects.key(attachment);
            if (!names.contains(key.name()) && !KubernetesObjects.deleting(attachment)) {
                moves.add(new Move(
                        "detach",
                        attachment.at("spec", "source", "persistentVolumeName").text(""),
                        () -> world.server().remove(Kinds.ATTACHMENT, key)));
            }
        }
        return moves;
    }

    private static List<Wanted> wantedBy(World world, Json pod) {
        String node = pod.at("spec", "nodeName").text("");
        if (node.isEmpty()) {
            return List.of();
        }
        List<Wanted> wanted = new ArrayList<>();
        for (ObjectKey claim : KubernetesObjects.claimsOf(pod)) {
            ObjectKey volume = ObjectKey.cluster(
                    world.object(Kinds.CLAIM, claim).at("spec", "volumeName").text(""));
            Json found = world.object(Kinds.VOLUME, volume);
            if (KubernetesObjects.ofModelDriver(found)) {
                wanted.add(new Wanted(volume, KubernetesObjects.handle(found), node));
            }
        }
        return wanted;
    }

    private static boolean attachedElsewhere(World world, Wanted wanted) {
        Json volume = world.object(Kinds.VOLUME, wanted.volume());
        return volume.at("spec", "accessModes").texts().stream()
                        .noneMatch(Map.of("ReadWriteMany", 1, "ReadOnlyMany", 1)::containsKey)
                && world.server().objects(Kinds.ATTACHMENT).stream()
                        .anyMatch(other -> other.at("spec", "source", "persistentVolumeName")
                                .text("")
                                .equals(wanted.volume().name()));
    }
}
