package solo.app.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.simulation.Invariant;
import solo.simulation.Invariants;
import solo.simulation.SnapshotInvariants;
import solo.simulation.World;

/** What must hold where one process makes, attaches, grows and deletes the same volumes. */
final class TogetherInvariants {
    /**
     * What a former leader's request that arrives late can break, as in the worlds of the controllers alone: a volume or a
     * snapshot is made for what is gone.
     */
    static final Set<String> LATE = Set.of(
            "no volume is made again for a claim whose volume was deleted",
            "every volume of the backend has a PersistentVolume",
            SnapshotInvariants.ACCOUNTED_FOR);

    private TogetherInvariants() {}

    static List<Supplier<Invariant>> all() {
        List<Supplier<Invariant>> rules = new ArrayList<>(withoutKubelet());
        rules.add(TogetherInvariants::everyClaimHasWhatItWants);
        return rules;
    }

    /** Where no node shows a volume its new size. */
    static List<Supplier<Invariant>> withoutKubelet() {
        List<Supplier<Invariant>> rules = new ArrayList<>(Invariants.ofProvisioning());
        rules.addAll(Invariants.ofAttaching());
        rules.add(NoFinalizerComesBack::new);
        rules.add(TogetherInvariants::nobodyPromisesMoreThanThereIs);
        rules.add(TogetherInvariants::theBackendHasWhatIsWanted);
        rules.add(TogetherInvariants::nothingIsDeletedUnderANode);
        return rules;
    }

    /** ext-provisioner #1217: one controller's patch brings back what another has just taken away. */
    private static final class NoFinalizerComesBack implements Invariant {
        private final Map<String, Set<String>> seen = new HashMap<>();
        private final Map<String, Set<String>> gone = new HashMap<>();

        @Override
        public String name() {
            return "a finalizer that was taken off a PersistentVolume on its way out does not come back";
        }

        @Override
        public @Nullable String broken(World world) {
            for (Json volume : world.server().objects(Kinds.VOLUME)) {
                if (!volume.at("metadata", "deletionTimestamp").present()) {
                    continue;
                }
                String uid = volume.at("metadata", "uid").text("");
                Set<String> now = Set.copyOf(volume.at("metadata", "finalizers").texts());
                Set<String> lost = gone.computeIfAbsent(uid, any -> new HashSet<>());
                for (String finalizer : now) {
                    if (lost.contains(finalizer)) {
                        return volume.at("metadata", "name").text("") + " has " + finalizer + " again";
                    }
                }
                Set<String> before = seen.put(uid, now);
                if (before != null) {
                    before.stream().filter(one -> !now.contains(one)).forEach(lost::add);
                }
            }
            return null;
        }
    }

    private static Invariant nobodyPromisesMoreThanThereIs() {
        return Invariant.always("the backend has what volume and claim promise", world -> {
            for (Json claim : world.server().objects(Kinds.CLAIM)) {
                Json volume = Sizes.volume(world, claim);
                long real = Sizes.real(world, volume);
                // A retained volume stays, a deleted one promises nothing any more.
                if (real > 0
                        && (Sizes.bytes(volume.at("spec", "capacity", "storage")) > real || Sizes.has(claim) > real)) {
                    return claim.at("metadata", "name").text("") + " has " + Sizes.has(claim) + ", really " + real;
                }
            }
            return null;
        });
    }

    /** A claim that waits for its node to show the size before is not grown again until then. */
    private static boolean waitsForNode(Json claim) {
        return claim.at("status", "allocatedResourceStatuses", "storage")
                .text("")
                .startsWith("NodeResize");
    }

    private static Invariant theBackendHasWhatIsWanted() {
        return Invariant.atRest("every volume is as large as its claim wants", world -> {
            for (Json claim : world.server().objects(Kinds.CLAIM)) {
                long real = Sizes.real(world, Sizes.volume(world, claim));
                if (real > 0 && real < Sizes.wanted(claim) && !waitsForNode(claim) && !refusedForUse(world, claim)) {
                    return claim.at("metadata", "name").text("") + " wants " + Sizes.wanted(claim) + ", has " + real;
                }
            }
            return null;
        });
    }

    private static Invariant everyClaimHasWhatItWants() {
        return Invariant.atRest("every bound claim has its size and its class", world -> {
            for (Json claim : world.server().objects(Kinds.CLAIM)) {
                String wanted = claim.at("spec", "volumeAttributesClassName").text("");
                boolean bound = claim.at("status", "phase").text("").equals("Bound");
                if (bound
                        && !refusedForUse(world, claim)
                        && (Sizes.has(claim) < Sizes.wanted(claim)
                                || !wanted.equals(claim.at("status", "currentVolumeAttributesClassName")
                                        .text("")))) {
                    return claim.at("metadata", "name").text("") + ": " + claim.at("status");
                }
            }
            return null;
        });
    }

    /** The driver does not grow volumes in use, and a pod uses this one. */
    private static boolean refusedForUse(World world, Json claim) {
        String name = claim.at("metadata", "name").text("");
        return world.events().about(new ObjectKey("ns", name)).stream()
                        .anyMatch(note -> note.message().endsWith("volume is currently in-use"))
                && world.server().objects(Kinds.POD).stream()
                        .flatMap(pod -> pod.at("spec", "volumes").items().stream())
                        .anyMatch(volume -> volume.at("persistentVolumeClaim", "claimName")
                                .text("")
                                .equals(name));
    }

    /** A volume that a node still has is never deleted: not even between a lost answer and its repetition. */
    private static Invariant nothingIsDeletedUnderANode() {
        return new Invariant() {
            private final Set<String> attached = new HashSet<>();

            @Override
            public String name() {
                return "nothing is deleted while a node has it";
            }

            @Override
            public @Nullable String broken(World world) {
                for (String id : attached) {
                    if (world.backend().volume(id) == null) {
                        return id + " was deleted under its node";
                    }
                }
                attached.clear();
                world.backend().volumes().values().stream()
                        .filter(volume -> !volume.attachments().isEmpty())
                        .forEach(volume -> attached.add(volume.id()));
                return null;
            }
        };
    }
}
