package solo.provisioner;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import solo.csi.model.ControllerCapability;
import solo.kube.Backoff;
import solo.kube.Change;
import solo.kube.Cluster;
import solo.kube.Controller;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.Trigger;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Projected;
import solo.kube.model.StorageClass;
import solo.kube.model.VolumeAttachment;
import solo.provisioner.model.Feature;
import solo.provisioner.model.Protection;
import solo.provisioner.model.ProvisioningOptions;
import solo.provisioner.rules.ClaimOfThisDriver;
import solo.provisioner.rules.VolumeOfThisDriver;

/** Puts the provisioner's controllers together, ready for the runtime. */
public final class Provisioner {

    /** The controller whose keys are claims. */
    public static final String CLAIMS = "claims";

    /**
     * How much is done at once, and how long things wait.
     *
     * @param workers --worker-threads, for claims and for volumes each
     * @param sourceWorkers --cloning-protection-threads
     * @param backoff --retry-interval-start and --retry-interval-max
     * @param sweep --snapshot-orphan-sweep-interval
     */
    public record Tuning(int workers, int sourceWorkers, Backoff backoff, Duration sweep) {
        /** The flags' defaults. */
        public static final Tuning DEFAULT = new Tuning(100, 1, Backoff.DEFAULT, Duration.ofMinutes(5));
    }

    private final Ports ports;
    private final Cluster cluster;
    private final ProvisioningOptions options;
    private final Tuning tuning;
    private final ClaimReconciler claims;
    private final VolumeReconciler volumes;
    private final VolumeViews volumeViews;
    private final ClaimMemory memory;
    private final InheritedClaims inherited;

    public Provisioner(Ports ports, ProvisioningOptions options, Tuning tuning, PrometheusRegistry registry) {
        this.ports = ports;
        this.cluster = ports.cluster();
        this.options = options;
        this.tuning = tuning;
        ProvisionerMetrics metrics = new ProvisionerMetrics(ports.clock(), registry);
        this.memory = new ClaimMemory(ports.clock(), ports.unfinished());
        this.inherited = new InheritedClaims(cluster, options, memory, ports.unfinished());
        this.volumeViews = new VolumeViews(cluster, options);
        this.claims = new ClaimReconciler(
                new ClaimViews(cluster, options, memory), new ClaimEffects(ports, memory), memory, metrics);
        this.volumes = new VolumeReconciler(volumeViews, new VolumeEffects(ports, memory, volumeViews), metrics);
        watched(options).forEach(cluster::store);
        if (ports.leadership().leading()) {
            memory.takeOver();
        }
        ports.leadership().onChange(() -> {
            memory.forgetAttempts();
            inherited.forget();
            if (ports.leadership().leading()) {
                memory.takeOver();
            }
        });
    }

    /** Names who looks at a key of {@link #CLAIMS} that nothing in the cluster tells of any more. */
    public void onLeftClaim(Consumer<ObjectKey> look) {
        inherited.onLeft(look);
    }

    /** Every kind that views read: asked for now, so that the runtime waits until they are all there. */
    private static List<Kind<?>> watched(ProvisioningOptions options) {
        List<Kind<?>> kinds = new ArrayList<>(List.of(Kinds.CLAIM, Kinds.VOLUME, Kinds.STORAGE_CLASS));
        if (options.topology() && options.nodeDeployment() == null) {
            kinds.addAll(List.of(Kinds.NODE, Kinds.CSI_NODE));
        }
        if (options.attaches()) {
            kinds.add(Kinds.ATTACHMENT);
        }
        if (options.has(Feature.CROSS_NAMESPACE_DATA_SOURCE)) {
            kinds.add(Kinds.REFERENCE_GRANT);
        }
        if (options.releasesSnapshots()) {
            kinds.add(Kinds.SNAPSHOT);
        }
        return kinds;
    }

    /** The queues are called as in Go, because metrics carry the names. */
    public List<Controller> controllers() {
        List<Controller> controllers = new ArrayList<>();
        controllers.add(new Controller(CLAIMS, claims, tuning.workers(), tuning.backoff(), claimTriggers()));
        controllers.add(new Controller("volumes", volumes, tuning.workers(), tuning.backoff(), volumeTriggers()));
        if (options.can(ControllerCapability.CLONE_VOLUME)) {
            controllers.add(sources("clones", Kinds.CLAIM, Protection.CLONE));
        }
        if (options.releasesSnapshots()) {
            controllers.add(sources("snapshots", Kinds.SNAPSHOT, Protection.SNAPSHOT));
        }
        return List.copyOf(controllers);
    }

    /** Tells of volumes that nothing explains; for a driver that lists its volumes. */
    public Controller suspects(PrometheusRegistry registry) {
        return new Suspects(ports, options.driver(), memory, registry).controller(tuning.backoff());
    }

    private <R extends Projected> Controller sources(String name, Kind<R> kind, Protection protection) {
        var reconciler = new SourceReconciler<>(ports, memory, kind, protection, tuning.sweep());
        return new Controller(name, reconciler, tuning.sourceWorkers(), tuning.backoff(), reconciler.triggers());
    }

    private List<Trigger<?>> claimTriggers() {
        return List.of(
                new Trigger<>(Kinds.CLAIM, this::claimChanged),
                new Trigger<>(Kinds.STORAGE_CLASS, this::classChanged),
                new Trigger<>(Kinds.VOLUME, this::volumeOfClaimGone));
    }

    private List<Trigger<?>> volumeTriggers() {
        Trigger<PersistentVolume> volume = new Trigger<>(Kinds.VOLUME, this::volumeChanged);
        return options.attaches()
                ? List.of(volume, new Trigger<>(Kinds.ATTACHMENT, Provisioner::detached))
                : List.of(volume);
    }

    private Collection<ObjectKey> claimChanged(Change<PersistentVolumeClaim> change) {
        inherited.count();
        if (change.after() == null && change.before() != null) {
            inherited.gone(change.before());
        }
        return Stream.of(change.before(), change.after())
                .flatMap(Stream::ofNullable)
                .filter(claim -> ClaimOfThisDriver.is(claim, options.driver()))
                .map(ClaimKey::of)
                .distinct()
                .toList();
    }

    /**
     * A class that appears or is made anew may be what claims wait for. When work begins every class appears, and with
     * them the claims that an earlier process has left unfinished, of which the caches may know nothing any more.
     */
    private Collection<ObjectKey> classChanged(Change<StorageClass> change) {
        inherited.count();
        StorageClass storageClass = change.after();
        if (storageClass == null) {
            return List.of();
        }
        Stream<PersistentVolumeClaim> waiting =
                cluster
                        .store(Kinds.CLAIM)
                        .byIndex(Kinds.CLAIM_BY_CLASS, storageClass.key().name())
                        .stream()
                        .filter(claim -> claim.spec().volumeName() == null)
                        .filter(claim -> ClaimOfThisDriver.is(claim, options.driver()));
        return Stream.concat(waiting, memory.inBackground().stream())
                .map(ClaimKey::of)
                .distinct()
                .toList();
    }

    /** A claim may wait for its name to become free. */
    private Collection<ObjectKey> volumeOfClaimGone(Change<PersistentVolume> change) {
        PersistentVolume before = change.before();
        return change.after() == null && before != null && before.claimRef() != null
                ? List.of(ClaimKey.of(before.claimRef()))
                : List.of();
    }

    private Collection<ObjectKey> volumeChanged(Change<PersistentVolume> change) {
        PersistentVolume after = change.after();
        if (after == null) {
            Stream.ofNullable(change.before()).forEach(volumeViews::forget);
            return List.of();
        }
        return VolumeOfThisDriver.is(after, options.driver()) ? List.of(after.key()) : List.of();
    }

    private static Collection<ObjectKey> detached(Change<VolumeAttachment> change) {
        VolumeAttachment before = change.before();
        return change.after() == null && before != null && before.volumeName() != null
                ? List.of(ObjectKey.cluster(before.volumeName()))
                : List.of();
    }
}
