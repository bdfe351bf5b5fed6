package solo.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;

/** What must hold where snapshots are taken and deleted. */
public final class SnapshotInvariants {
    private static final String CLAIM_AS_SOURCE = "snapshot.storage.kubernetes.io/pvc-as-source-protection";

    /** The one that a request of a former leader which arrives late can break. */
    public static final String ACCOUNTED_FOR = "every snapshot of the backend has a content";

    private SnapshotInvariants() {}

    public static List<Supplier<Invariant>> all() {
        return List.of(
                SnapshotInvariants::whatIsReadyExists,
                EverySnapshotIsAccountedFor::new,
                SnapshotInvariants::oneSnapshotEach,
                SnapshotInvariants::everySnapshotBecomesReady,
                SnapshotInvariants::whatCanGoIsGone,
                SnapshotInvariants::claimsAreLetGo);
    }

    /** Never lose. */
    static Invariant whatIsReadyExists() {
        return Invariant.always(
                "what is ready exists",
                world -> first(snapshots(world)
                        .filter(one -> one.at("status", "readyToUse").flag(false) && !KubernetesObjects.deleting(one))
                        .filter(one -> !world.backend().snapshots().containsKey(handle(content(world, one))))
                        .map(one -> name(one) + " is ready, but the backend has no snapshot of it")));
    }

    /** Never leak. What a content with policy Retain once had is the administrator's; a group answers for its members. */
    private static final class EverySnapshotIsAccountedFor implements Invariant {
        private final Set<String> retained = new HashSet<>(Set.of("imported"));

        @Override
        public String name() {
            return ACCOUNTED_FOR;
        }

        @Override
        public @Nullable String broken(World world) {
            world.server().objects(Kinds.SNAPSHOT_CONTENT).stream()
                    .filter(one -> one.at("spec", "deletionPolicy").text("").equals("Retain"))
                    .map(SnapshotInvariants::handle)
                    .forEach(retained::add);
            return null;
        }

        @Override
        public @Nullable String brokenAtRest(World world) {
            Set<String> handles = new HashSet<>(retained);
            world.server().objects(Kinds.SNAPSHOT_CONTENT).forEach(one -> handles.add(handle(one)));
            return first(world.backend().snapshots().values().stream()
                    .filter(one -> one.group().isEmpty() && !handles.contains(one.id()))
                    .map(one -> "leaked " + one.id()));
        }
    }

    static Invariant oneSnapshotEach() {
        return Invariant.always("no two contents have one snapshot", world -> {
            Set<String> handles = new HashSet<>();
            return first(world.server().objects(Kinds.SNAPSHOT_CONTENT).stream()
                    .map(SnapshotInvariants::handle)
                    .filter(handle -> !handle.isEmpty() && !handle.equals("imported"))
                    .filter(handle -> !handles.add(handle))
                    .map(handle -> "two contents have " + handle));
        });
    }

    static Invariant everySnapshotBecomesReady() {
        return Invariant.atRest(
                "every snapshot that can be taken is ready",
                world -> first(snapshots(world)
                        .filter(one -> !KubernetesObjects.deleting(one) && canBeTaken(world, one))
                        .filter(one -> !one.at("status", "readyToUse").flag(false)
                                || one.at("status", "error").present())
                        .map(one -> name(one) + " is not ready: " + one.at("status"))));
    }

    static boolean beingRestored(World world, Json snapshot) {
        return world.server().objects(Kinds.CLAIM).stream()
                .anyMatch(claim -> claim.at("spec", "dataSource", "name")
                                .text("")
                                .equals(KubernetesObjects.key(snapshot).name())
                        && KubernetesObjects.phase(claim).equals("Pending"));
    }

    /** No finalizer outlives its reason. A content that somebody deleted goes with its snapshot. */
    static Invariant whatCanGoIsGone() {
        return Invariant.atRest(
                "what can go is gone",
                world -> first(Stream.concat(
                                snapshots(world)
                                        .filter(KubernetesObjects::deleting)
                                        .filter(one -> !beingRestored(world, one) && !waitsForItsGroup(world, one)),
                                world.server().objects(Kinds.SNAPSHOT_CONTENT).stream()
                                        .filter(KubernetesObjects::deleting)
                                        .filter(one -> !snapshotOf(world, one).present()))
                        .map(one -> name(one) + " hangs, finalizers "
                                + one.at("metadata", "finalizers").texts())));
    }

    /** A member that somebody deleted alone. */
    private static boolean waitsForItsGroup(World world, Json snapshot) {
        return snapshot.at("metadata", "ownerReferences").items().stream()
                .map(owner -> world.object(
                        Kinds.GROUP_SNAPSHOT,
                        new ObjectKey(
                                KubernetesObjects.key(snapshot).namespace(),
                                owner.at("name").text(""))))
                .anyMatch(Json::present);
    }

    static Invariant claimsAreLetGo() {
        return Invariant.atRest(
                "claims are let go",
                world -> first(world.server().objects(Kinds.CLAIM).stream()
                        .filter(one -> KubernetesObjects.has(one, CLAIM_AS_SOURCE))
                        .filter(one -> snapshots(world)
                                .filter(snapshot -> snapshot.at("spec", "source", "persistentVolumeClaimName")
                                        .text("")
                                        .equals(KubernetesObjects.key(one).name()))
                                .allMatch(snapshot ->
                                        snapshot.at("status", "readyToUse").flag(false)))
                        .map(one -> name(one) + " is still held")));
    }

    // The content it names may belong to a namesake that is gone. Of members their group says whether they can be.
    private static boolean canBeTaken(World world, Json snapshot) {
        if (snapshot.at("metadata", "ownerReferences").present()) {
            return false;
        }
        String imported =
                snapshot.at("spec", "source", "volumeSnapshotContentName").text("");
        Json content = world.object(Kinds.SNAPSHOT_CONTENT, ObjectKey.cluster(imported));
        String uid = content.at("spec", "volumeSnapshotRef", "uid").text("");
        return takenOfBoundClaim(world, snapshot)
                || (content.present()
                        && !KubernetesObjects.deleting(content)
                        && (uid.isEmpty()
                                || uid.equals(snapshot.at("metadata", "uid").text(""))));
    }

    private static boolean takenOfBoundClaim(World world, Json snapshot) {
        Json claim = world.object(
                Kinds.CLAIM,
                new ObjectKey(
                        KubernetesObjects.key(snapshot).namespace(),
                        snapshot.at("spec", "source", "persistentVolumeClaimName")
                                .text("")));
        return KubernetesObjects.phase(claim).equals("Bound") && !KubernetesObjects.deleting(claim);
    }

    private static Json content(World world, Json snapshot) {
        return world.object(
                Kinds.SNAPSHOT_CONTENT,
                ObjectKey.cluster(
                        snapshot.at("status", "boundVolumeSnapshotContentName").text("")));
    }

    /** The snapshot that a content is bound to, absent if that one is gone. */
    private static Json snapshotOf(World world, Json content) {
        Json reference = content.at("spec", "volumeSnapshotRef");
        Json found = world.object(
                Kinds.SNAPSHOT,
                new ObjectKey(
                        reference.at("namespace").text(""), reference.at("name").text("")));
        return found.at("metadata", "uid").text("").equals(reference.at("uid").text("")) ? found : new Json(null);
    }

    private static String handle(Json content) {
        return content.at("status", "snapshotHandle").text("");
    }

    private static Stream<Json> snapshots(World world) {
        return world.server().objects(Kinds.SNAPSHOT).stream();
    }

    private static String name(Json object) {
        return object.at("kind").text("") + " " + object.at("metadata", "name").text("");
    }

    private static @Nullable String first(Stream<String> broken) {
        return broken.findFirst().orElse(null);
    }
}
