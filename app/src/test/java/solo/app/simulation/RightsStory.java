package solo.app.simulation;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import solo.kube.Kind;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.Pod;
import solo.simulation.Move;
import solo.simulation.Objects;
import solo.simulation.StorageClassBuilder;
import solo.simulation.Users;
import solo.simulation.World;

/** Classes that name a secret, both ways to bind, a class of attributes, a clone and a restore; then all of it goes. */
final class RightsStory implements Users {
    private static final Kind<Pod> REPLICA_SET =
            new Kind<>(new Resource("apps", "v1", "replicasets", "ReplicaSet", Scope.NAMESPACED), Pod::of, List.of());

    @Override
    public void begin(World world) {
        world.backend().putSnapshot("snapshot-handle", "a-volume-of-old", 1L << 30);
        world.backend().free(100L << 30);
        var server = world.server();
        server.add(Objects.secret("ns/credentials", Map.of("token", "t")));
        server.add(withSecret("fast"));
        server.add(withSecret("late").waitForFirstConsumer());
        server.add(Objects.attributesClass("gold", Map.of("class", "gold")));
        server.add(Objects.node("node-a").label("zone", "a"));
        server.add(Objects.csiNode("node-a", "zone"));
        server.put(Objects.snapshot("ns/snapshot"));
        server.put(Objects.contentOf("ns/snapshot", "snapshot-handle"));

        server.add(Objects.claim("ns/plain").storageClass("fast").attributesClass("gold"));
        server.add(Objects.claim("ns/copy").storageClass("fast").fromClaim("plain"));
        server.add(Objects.claim("ns/restored").storageClass("fast").fromSnapshot("snapshot"));
        server.add(Objects.claim("ns/late").storageClass("late"));
        server.add(Objects.pod("ns/pod", "late"));

        // The pod that Solo runs in, with what owns it.
        server.put(controlledBy(Objects.pod("solo/controller", "none"), "ReplicaSet"));
        server.put(controlledBy(Objects.of(REPLICA_SET, "solo/owner"), "Deployment"));
        server.put(controlledBy(Objects.pod("solo/node", "none"), "DaemonSet"));
    }

    private static StorageClassBuilder withSecret(String name) {
        return Objects.storageClass(name)
                .parameter("csi.storage.k8s.io/secret-name", "credentials")
                .parameter("csi.storage.k8s.io/secret-namespace", "ns");
    }

    private static Objects.Plain controlledBy(Objects.Plain object, String kind) {
        return object.with(
                List.of(Map.of("apiVersion", "apps/v1", "kind", kind, "name", "owner", "uid", "u", "controller", true)),
                "metadata",
                "ownerReferences");
    }

    @Override
    public @Nullable Move next(World world, RandomGenerator random) {
        return null;
    }

    @Override
    public void leave(World world) {
        world.server().remove(Kinds.POD, Objects.key("ns/pod"));
        List.of("plain", "copy", "restored", "late")
                .forEach(claim -> world.server().remove(Kinds.CLAIM, new ObjectKey("ns", claim)));
        world.server().remove(Kinds.STORAGE_CLASS, ObjectKey.cluster("late"));
    }
}
