package solo.provisioner.simulation;

import java.time.Duration;
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
import solo.provisioner.model.ProvisionerNames;
import solo.simulation.Invariant;
import solo.simulation.ModelBackend.Effect;
import solo.simulation.ModelDriver;
import solo.simulation.ModelVolume;
import solo.simulation.World;

/** What must hold for the provisioner in every world, beyond what the simulation asks of everybody. */
final class ProvisionerInvariants {

    static final String SECOND_LIFE = "no volume is made again for a claim whose volume was deleted";
    static final String BORN_DEAD = "no PersistentVolume is made for a volume that is already deleted";

    static final String BOUND_IN_TIME = "a claim that can be bound is bound within 45 minutes";

    /** What a request of a former leader that arrives late can break. */
    static final List<String> LATE =
            List.of(BORN_DEAD, SECOND_LIFE, "every volume of the backend has a PersistentVolume");

    private ProvisionerInvariants() {}

    static List<Supplier<Invariant>> all() {
        return List.of(
                NoDeletionWhileAttached::new,
                NeverBornDead::new,
                ProvisionerInvariants::finalizersHaveReasons,
                BoundInTime::new);
    }

    /** No DeleteVolume while a VolumeAttachment of a PersistentVolume with that handle exists. */
    private static final class NoDeletionWhileAttached implements Invariant {
        private final Map<String, String> handles = new HashMap<>();
        private int seen;

        @Override
        public String name() {
            return "nothing is deleted while an attachment names it";
        }

        @Override
        public @Nullable String broken(World world) {
            for (Json volume : world.server().objects(Kinds.VOLUME)) {
                handles.put(handle(volume), nameOf(volume));
            }
            List<Effect> effects = world.backend().effects();
            for (; seen < effects.size(); seen++) {
                Effect effect = effects.get(seen);
                String volume = handles.get(effect.id());
                if (effect.what().equals("delete-volume") && volume != null) {
                    for (Json attachment : world.server().objects(Kinds.ATTACHMENT)) {
                        if (attachment
                                .at("spec", "source", "persistentVolumeName")
                                .text("")
                                .equals(volume)) {
                            return effect.id() + " was deleted, " + nameOf(attachment) + " still names " + volume;
                        }
                    }
                }
            }
            return null;
        }
    }

    /** A PersistentVolume that appears names a volume that exists: nobody deletes between CreateVolume and saving. */
    private static final class NeverBornDead implements Invariant {
        private final Set<String> known = new HashSet<>();

        @Override
        public String name() {
            return BORN_DEAD;
        }

        @Override
        public @Nullable String broken(World world) {
            for (Json volume : world.server().objects(Kinds.VOLUME)) {
                if (known.add(volume.at("metadata", "uid").text(""))
                        && world.backend().volume(handle(volume)) == null) {
                    return nameOf(volume) + " names " + handle(volume) + ", which is gone";
                }
            }
            return null;
        }
    }

    /** Whatever a volume is filled from carries our finalizer at that moment, so it cannot go meanwhile. */
    static final class FilledUnderProtection implements Invariant {
        private int seen;

        @Override
        public String name() {
            return "no volume is filled from what is not protected";
        }

        @Override
        public @Nullable String broken(World world) {
            List<Effect> effects = world.backend().effects();
            for (; seen < effects.size(); seen++) {
                Effect effect = effects.get(seen);
                ModelVolume made = world.backend().volume(effect.id());
                if (effect.what().equals("create-volume") && made != null && !protectedSource(world, made.source())) {
                    return effect.id() + " was filled from " + made.source() + ", which is not protected";
                }
            }
            return null;
        }

        private static boolean protectedSource(World world, String source) {
            String id = source.substring(source.indexOf('/') + 1);
            if (source.startsWith("volume/")) {
                return world.server().objects(Kinds.VOLUME).stream()
                        .filter(volume -> handle(volume).equals(id))
                        .map(volume -> volume.at("spec", "claimRef"))
                        .map(claim -> new ObjectKey(
                                claim.at("namespace").text(""), claim.at("name").text("")))
                        .anyMatch(claim -> carries(world.object(Kinds.CLAIM, claim), ProvisionerNames.CLONE_FINALIZER));
            }
            return source.isEmpty()
                    || world.server().objects(Kinds.SNAPSHOT_CONTENT).stream()
                            .filter(content -> content.at("status", "snapshotHandle")
                                    .text("")
                                    .equals(id))
                            .map(content -> content.at("spec", "volumeSnapshotRef"))
                            .map(snapshot -> new ObjectKey(
                                    snapshot.at("namespace").text(""),
                                    snapshot.at("name").text("")))
                            .anyMatch(snapshot -> carries(
                                    world.object(Kinds.SNAPSHOT, snapshot), ProvisionerNames.SNAPSHOT_FINALIZER));
        }

        private static boolean carries(Json object, String finalizer) {
            return object.at("metadata", "finalizers").texts().contains(finalizer);
        }
    }

    /** Ours stands on what we will delete, from birth on, and at rest on nothing else. */
    private static Invariant finalizersHaveReasons() {
        return new Invariant() {
            @Override
            public String name() {
                return "our finalizer is where there is something to delete";
            }

            @Override
            public @Nullable String broken(World world) {
                for (Json volume : world.server().objects(Kinds.VOLUME)) {
                    if (deletes(volume) && world.backend().volume(handle(volume)) != null && !protectedByUs(volume)) {
                        return nameOf(volume) + " is not protected, " + handle(volume) + " exists";
                    }
                }
                return null;
            }

            @Override
            public @Nullable String brokenAtRest(World world) {
                for (Json volume : world.server().objects(Kinds.VOLUME)) {
                    if (!deletes(volume) && protectedByUs(volume)) {
                        return nameOf(volume) + " is retained and still has our finalizer";
                    }
                }
                return null;
            }
        };
    }

    /** From the moment a claim can be bound, it takes no longer than this, faults and crashes included. */
    private static final class BoundInTime implements Invariant {
        private static final Duration LONGEST = Duration.ofMinutes(45);
        private final Map<String, Duration> since = new HashMap<>();

        @Override
        public String name() {
            return BOUND_IN_TIME;
        }

        @Override
        public @Nullable String broken(World world) {
            Duration now = world.clock().sinceStart();
            Set<String> waiting = new HashSet<>();
            for (Json claim : world.server().objects(Kinds.CLAIM)) {
                String uid = claim.at("metadata", "uid").text("");
                if (waits(world, claim)) {
                    waiting.add(uid);
                    if (now.minus(since.computeIfAbsent(uid, any -> now)).compareTo(LONGEST) > 0) {
                        return nameOf(claim) + " waits since " + since.get(uid);
                    }
                }
            }
            since.keySet().retainAll(waiting);
            return null;
        }

        /** Unbound, wanted, and everything there that it takes. */
        private static boolean waits(World world, Json claim) {
            Json storageClass = world.object(
                    Kinds.STORAGE_CLASS,
                    ObjectKey.cluster(claim.at("spec", "storageClassName").text("")));
            boolean node = !storageClass.at("volumeBindingMode").text("").equals("WaitForFirstConsumer")
                    || claim.at("metadata", "annotations", ProvisionerNames.SELECTED_NODE)
                            .present();
            return node
                    && storageClass.at("provisioner").text("").equals(ModelDriver.NAME)
                    && !claim.at("metadata", "deletionTimestamp").present()
                    && !claim.at("status", "phase").text("").equals("Bound");
        }
    }

    private static boolean deletes(Json volume) {
        return volume.at("spec", "persistentVolumeReclaimPolicy").text("").equals("Delete");
    }

    private static boolean protectedByUs(Json volume) {
        return volume.at("metadata", "finalizers").texts().contains(ProvisionerNames.VOLUME_FINALIZER);
    }

    private static String handle(Json volume) {
        return volume.at("spec", "csi", "volumeHandle").text("");
    }

    private static String nameOf(Json object) {
        return object.at("metadata", "name").text("");
    }
}
