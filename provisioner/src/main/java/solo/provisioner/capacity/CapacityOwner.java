package solo.provisioner.capacity;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.Cluster;
import solo.kube.Kind;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectMeta;
import solo.kube.model.Projected;
import solo.provisioner.capacity.model.CapacityOptions.Owner;

/**
 * Whose deletion takes the capacity objects along: the pod we run in, or what controls it so many levels up
 * (--capacity-ownerref-level).
 */
public sealed interface CapacityOwner {

    /** Nobody, because a negative level asks for it. */
    record Nobody() implements CapacityOwner {}

    record Found(Owner owner) implements CapacityOwner {}

    /** It cannot be found out; a sentence for the administrator. */
    record NotFound(String why) implements CapacityOwner {}

    /** Level 0 is the pod, 1 its StatefulSet, DaemonSet or ReplicaSet, 2 the Deployment above. The last is not read. */
    static CapacityOwner of(Cluster cluster, ObjectKey pod, int level) {
        if (level < 0) {
            return new Nobody();
        }
        Owner owner = new Owner("v1", "Pod", pod.name(), "");
        try {
            for (int up = 0; up < Math.max(level, 1); up++) {
                Owned object = cluster.live(kind(owner), new ObjectKey(pod.namespace(), owner.name()));
                String name = owner.kind() + " " + pod.namespace() + "/" + owner.name();
                if (object == null) {
                    return new NotFound("there is no " + name);
                }
                if (level == 0) {
                    return new Found(new Owner("v1", "Pod", pod.name(), object.uid()));
                }
                owner = object.controller();
                if (owner == null) {
                    return new NotFound(name + " is controlled by nothing");
                }
            }
            return new Found(owner);
        } catch (ApiException refused) {
            return new NotFound(String.valueOf(refused.getMessage()));
        }
    }

    /** What controls pods in practice has a regular plural. */
    private static Kind<Owned> kind(Owner of) {
        int slash = of.apiVersion().indexOf('/');
        Resource resource = new Resource(
                slash < 0 ? "" : of.apiVersion().substring(0, slash),
                of.apiVersion().substring(slash + 1),
                of.kind().toLowerCase(Locale.ROOT) + "s",
                of.kind(),
                Scope.NAMESPACED);
        return new Kind<>(resource, Owned::of, List.of());
    }

    /** An object of whatever kind, and what controls it. */
    record Owned(ObjectMeta meta, @Nullable Owner controller) implements Projected {

        static Owned of(Json object) {
            Owner controller = object.at("metadata", "ownerReferences").items().stream()
                    .filter(reference -> reference.at("controller").flag(false))
                    .map(Owned::owner)
                    .findFirst()
                    .orElse(null);
            return new Owned(ObjectMeta.of(object, key -> false), controller);
        }

        private static Owner owner(Json reference) {
            return new Owner(
                    reference.at("apiVersion").text(""),
                    reference.at("kind").text(""),
                    reference.at("name").text(""),
                    reference.at("uid").text(""));
        }
    }
}
