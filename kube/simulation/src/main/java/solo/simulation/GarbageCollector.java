package solo.simulation;

import java.util.ArrayList;
import java.util.List;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;

/** The garbage collector, for snapshots of groups: what has owners goes when none of them is there any more. */
public final class GarbageCollector implements KubernetesPart {

    @Override
    public List<Move> moves(World world) {
        List<Move> moves = new ArrayList<>();
        for (Json snapshot : world.server().objects(Kinds.SNAPSHOT)) {
            List<Json> owners = snapshot.at("metadata", "ownerReferences").items();
            ObjectKey key = KubernetesObjects.key(snapshot);
            if (!owners.isEmpty()
                    && !KubernetesObjects.deleting(snapshot)
                    && owners.stream().noneMatch(owner -> exists(world, key.namespace(), owner))) {
                moves.add(new Move(
                        "garbage collector deletes", key, () -> world.server().remove(Kinds.SNAPSHOT, key)));
            }
        }
        return moves;
    }

    private static boolean exists(World world, String namespace, Json owner) {
        Kind<?> kind = Kinds.GROUP_SNAPSHOT;
        return world.object(kind, new ObjectKey(namespace, owner.at("name").text("")))
                .at("metadata", "uid")
                .text("")
                .equals(owner.at("uid").text(""));
    }
}
