package solo.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.simulation.ModelBackend.Effect;

/** The rules that no controller of ours may break, whatever happens; sets of them for {@link Scenario#invariants}. */
public final class Invariants {

    private Invariants() {}

    /** What must hold where volumes are made and deleted. */
    public static List<Supplier<Invariant>> ofProvisioning() {
        return List.of(
                Invariants::everyVolumeIsAccountedFor,
                Invariants::nothingIsLost,
                Invariants::oneVolumePerClaim,
                Invariants::noDeletionInUse,
                NoSecondLife::new,
                Invariants::claimsAreBound,
                Invariants::nothingHangs);
    }

    /** What must hold where volumes are attached and detached. */
    public static List<Supplier<Invariant>> ofAttaching() {
        return List.of(
                Invariants::attachedMeansAttached,
                Invariants::nothingStaysAttached,
                Invariants::attachmentsAreAttached);
    }

    /** Never leak. */
    public static Invariant everyVolumeIsAccountedFor() {
        return Invariant.atRest("every volume of the backend has a PersistentVolume", world -> {
            Set<String> handles = new HashSet<>();
            volumes(world).forEach(volume -> handles.add(KubernetesObjects.handle(volume)));
            return first(world.backend().volumes().values().stream()
                    .filter(volume -> !handles.contains(volume.id()))
                    .map(volume -> "leaked " + volume.id() + " of " + volume.name()));
        });
    }

    /** Never lose. */
    public static Invariant nothingIsLost() {
        return Invariant.always("what is bound exists", world -> {
            for (Json volume : volumes(world).toList()) {
                if (KubernetesObjects.phase(volume).equals("Bound")
                        && world.backend().volume(KubernetesObjects.handle(volume)) == null) {
                    return KubernetesObjects.key(volume) + " is Bound, but the backend has no "
                            + KubernetesObjects.handle(volume);
                }
            }
            return first(world.server().objects(Kinds.CLAIM).stream()
                    .filter(claim -> KubernetesObjects.phase(claim).equals("Lost"))
                    .map(claim -> "claim " + KubernetesObjects.key(claim) + " is Lost"));
        });
    }

    public static Invariant oneVolumePerClaim() {
        return Invariant.always("one PersistentVolume for each claim and for each volume", world -> {
            Set<String> seen = new HashSet<>();
            for (Json volume : volumes(world).toList()) {
                if (!seen.add("handle " + KubernetesObjects.handle(volume))
                        || !seen.add(
                                "claim " + volume.at("spec", "claimRef", "uid").text(""))) {
                    return "a second PersistentVolume " + KubernetesObjects.key(volume) + " for "
                            + KubernetesObjects.handle(volume) + " or its claim";
                }
            }
            return null;
        });
    }

    /** Every claim that can be bound is bound. */
    public static Invariant claimsAreBound() {
        return Invariant.atRest(
                "every claim that can be bound is bound",
                world -> first(world.server().objects(Kinds.CLAIM).stream()
                        .filter(claim -> canBeBound(world, claim))
                        .filter(claim -> !KubernetesObjects.phase(claim).equals("Bound"))
                        .map(claim -> KubernetesObjects.key(claim) + " is " + KubernetesObjects.phase(claim))));
    }

    private static boolean canBeBound(World world, Json claim) {
        Json storageClass = world.object(Kinds.STORAGE_CLASS, ObjectKey.cluster(KubernetesObjects.className(claim)));
        boolean waits = storageClass.at("volumeBindingMode").text("").equals("WaitForFirstConsumer");
        return storageClass.at("provisioner").text("").equals(ModelDriver.NAME)
                && !KubernetesObjects.deleting(claim)
                && sourceIsThere(world, claim)
                && (!waits || KubernetesObjects.used(world, KubernetesObjects.key(claim)));
    }

    private static boolean sourceIsThere(World world, Json claim) {
        Json source = claim.at("spec", "dataSource");
        ObjectKey key = new ObjectKey(
                KubernetesObjects.key(claim).namespace(), source.at("name").text(""));
        return switch (source.at("kind").text("")) {
            case "PersistentVolumeClaim" -> {
                Json found = world.object(Kinds.CLAIM, key);
                yield KubernetesObjects.phase(found).equals("Bound") && !KubernetesObjects.deleting(found);
            }
            case "VolumeSnapshot" -> {
                Json found = world.object(Kinds.SNAPSHOT, key);
                yield found.at("status", "readyToUse").flag(false) && !KubernetesObjects.deleting(found);
            }
            default -> true;
        };
    }

    /** No finalizer outlives its reason. */
    public static Invariant nothingHangs() {
        return Invariant.atRest(
                "what can go is gone",
                world -> first(Stream.concat(
                                volumes(world)
                                        .filter(volume -> KubernetesObjects.deleting(volume)
                                                || (KubernetesObjects.phase(volume)
                                                                .equals("Released")
                                                        && volume.at("spec", "persistentVolumeReclaimPolicy")
                                                                .text("")
                                                                .equals("Delete"))),
                                world.server().objects(Kinds.CLAIM).stream()
                                        .filter(KubernetesObjects::deleting)
                                        .filter(claim -> !KubernetesObjects.used(world, KubernetesObjects.key(claim)))
                                        .filter(claim -> !keptForAnother(world, claim)))
                        .map(object ->
                                object.at("kind").text("") + " " + KubernetesObjects.key(object) + " is still there, "
                                        + KubernetesObjects.phase(object) + ", finalizers "
                                        + object.at("metadata", "finalizers").texts())));
    }

    /** Protected for a claim that waits to be filled from it: as in Go both stay until a person deletes the other one. */
    private static boolean keptForAnother(World world, Json claim) {
        return KubernetesObjects.has(claim, "provisioner.storage.kubernetes.io/cloning-protection")
                && world.server().objects(Kinds.CLAIM).stream()
                        .filter(other -> KubernetesObjects.phase(other).equals("Pending"))
                        .filter(other -> KubernetesObjects.key(other)
                                .namespace()
                                .equals(KubernetesObjects.key(claim).namespace()))
                        .map(other -> other.at("spec", "dataSource"))
                        .anyMatch(source -> source.at("kind").text("").equals("PersistentVolumeClaim")
                                && source.at("name")
                                        .text("")
                                        .equals(KubernetesObjects.key(claim).name()));
    }

    public static Invariant attachedMeansAttached() {
        return Invariant.always(
                "what says attached is attached",
                world -> first(world.server().objects(Kinds.ATTACHMENT).stream()
                        .filter(one -> one.at("status", "attached").flag(false) && !KubernetesObjects.deleting(one))
                        .filter(one -> !reallyAttached(world, one))
                        .map(one -> KubernetesObjects.key(one) + " says attached, the backend does not")));
    }

    public static Invariant attachmentsAreAttached() {
        return Invariant.atRest(
                "every attachment is attached",
                world -> first(world.server().objects(Kinds.ATTACHMENT).stream()
                        .filter(one -> !one.at("status", "attached").flag(false) || KubernetesObjects.deleting(one))
                        .map(one -> KubernetesObjects.key(one) + " is not attached, or does not go")));
    }

    public static Invariant nothingStaysAttached() {
        return Invariant.atRest("nothing is attached without an attachment", world -> {
            long wanted = world.server().objects(Kinds.ATTACHMENT).stream()
                    .filter(one -> reallyAttached(world, one))
                    .count();
            long real = world.backend().volumes().values().stream()
                    .mapToLong(volume -> volume.attachments().size())
                    .sum();
            return real == wanted ? null : real + " attached, " + wanted + " wanted";
        });
    }

    private static boolean reallyAttached(World world, Json attachment) {
        Json volume = world.object(
                Kinds.VOLUME,
                ObjectKey.cluster(
                        attachment.at("spec", "source", "persistentVolumeName").text("")));
        ModelVolume real = world.backend().volume(KubernetesObjects.handle(volume));
        return real != null
                && real.attachments()
                        .containsKey("id-" + attachment.at("spec", "nodeName").text(""));
    }

    /** No DeleteVolume while a PersistentVolume with that handle is Bound. */
    public static Invariant noDeletionInUse() {
        return new NoDeletion(
                "nothing is deleted while it is bound",
                (world, volume) -> KubernetesObjects.phase(volume).equals("Bound"));
    }

    /**
     * No DeleteVolume while an attachment names the volume. Not in any set: the watch of attachments may lag behind
     * that of volumes, so only a provisioner that asks the API server before each deletion can keep it.
     */
    public static Invariant noDeletionUnderAttachment() {
        return new NoDeletion(
                "nothing is deleted while an attachment names it",
                (world, volume) -> world.server().objects(Kinds.ATTACHMENT).stream()
                        .anyMatch(attachment -> attachment
                                .at("spec", "source", "persistentVolumeName")
                                .text("")
                                .equals(KubernetesObjects.key(volume).name())));
    }

    private static final class NoDeletion implements Invariant {
        private final String name;
        private final BiPredicate<World, Json> inUse;
        private int seen;

        NoDeletion(String name, BiPredicate<World, Json> inUse) {
            this.name = name;
            this.inUse = inUse;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public @Nullable String broken(World world) {
            List<Effect> effects = world.backend().effects();
            for (; seen < effects.size(); seen++) {
                Effect effect = effects.get(seen);
                if (effect.what().equals("delete-volume")) {
                    for (Json volume : volumes(world).toList()) {
                        if (KubernetesObjects.handle(volume).equals(effect.id()) && inUse.test(world, volume)) {
                            return effect.id() + " was deleted, " + KubernetesObjects.key(volume) + " is in use";
                        }
                    }
                }
            }
            return null;
        }
    }

    /** No CreateVolume for a claim after its volume was saved once and deleted. */
    private static final class NoSecondLife implements Invariant {
        private final Map<String, String> handles = new HashMap<>();
        private final Set<String> deletedAfterSaving = new HashSet<>();
        private int seen;

        @Override
        public String name() {
            return "no volume is made again for a claim whose volume was deleted";
        }

        @Override
        public @Nullable String broken(World world) {
            volumes(world)
                    .forEach(volume -> handles.put(
                            KubernetesObjects.handle(volume),
                            KubernetesObjects.key(volume).name()));
            List<Effect> effects = world.backend().effects();
            for (; seen < effects.size(); seen++) {
                Effect effect = effects.get(seen);
                if (effect.what().equals("delete-volume") && handles.containsKey(effect.id())) {
                    deletedAfterSaving.add(effect.name());
                } else if (effect.what().equals("create-volume") && deletedAfterSaving.contains(effect.name())) {
                    return effect.name() + " was made again as " + effect.id();
                }
            }
            return null;
        }
    }

    private static Stream<Json> volumes(World world) {
        return world.server().objects(Kinds.VOLUME).stream().filter(KubernetesObjects::ofModelDriver);
    }

    private static @Nullable String first(Stream<String> broken) {
        return broken.findFirst().orElse(null);
    }
}
