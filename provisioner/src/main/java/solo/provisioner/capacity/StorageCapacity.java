package solo.provisioner.capacity;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Topology;
import solo.kube.Backoff;
import solo.kube.Change;
import solo.kube.Cluster;
import solo.kube.Controller;
import solo.kube.Kind;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.Kind.Selection;
import solo.kube.Kinds;
import solo.kube.Trigger;
import solo.kube.model.CsiNode;
import solo.kube.model.CsiStorageCapacity;
import solo.kube.model.Node;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.StorageClass;
import solo.provisioner.Ports;
import solo.provisioner.capacity.model.CapacityKey;
import solo.provisioner.capacity.model.CapacityOptions;
import solo.provisioner.capacity.rules.CapacityRules;
import solo.provisioner.capacity.rules.CapacitySegments;
import solo.provisioner.model.ProvisionerNames;

/** Puts the capacity controller together: which changes make which object stale, and its metrics. */
public final class StorageCapacity {

    private static final Resource RESOURCE =
            new Resource("storage.k8s.io", "v1", "csistoragecapacities", "CSIStorageCapacity", Scope.NAMESPACED);

    private final Ports ports;
    private final Cluster cluster;
    private final CapacityOptions options;
    private final Kind<CsiStorageCapacity> kind;
    private final CapacityPlaces places;
    private final Published published = new Published();

    public StorageCapacity(Ports ports, CapacityOptions options, PrometheusRegistry registry) {
        this.ports = ports;
        this.cluster = ports.cluster();
        this.options = options;
        this.kind = new Kind<>(
                RESOURCE,
                CsiStorageCapacity::of,
                List.of(),
                new Selection(options.namespace(), CapacityBody.labels(options)));
        this.places = new CapacityPlaces(cluster, options);
        gauge(
                registry,
                "desired_goal",
                "Capacity objects there should be.",
                all -> all.wanted().size());
        gauge(registry, "desired_current", "Capacity objects there should be and are.", Census::current);
        gauge(registry, "obsolete", "Capacity objects there are and should not be.", Census::obsolete);
    }

    /** Called as Go's queue, because metrics carry the name. */
    public Controller controller(Backoff backoff) {
        List<Trigger<?>> triggers = new ArrayList<>(List.of(
                new Trigger<>(Kinds.STORAGE_CLASS, this::classChanged),
                new Trigger<>(kind, this::objectChanged),
                new Trigger<>(Kinds.VOLUME, this::volumeChanged),
                new Trigger<>(Kinds.CLAIM, this::claimChanged)));
        if (options.node() == null) {
            triggers.add(new Trigger<>(Kinds.NODE, this::nodeChanged));
            triggers.add(new Trigger<>(Kinds.CSI_NODE, this::csiNodeChanged));
        }
        var reconciler = new CapacityReconciler(ports, options, kind, places, published);
        return new Controller("csistoragecapacity", reconciler, options.workers(), backoff, triggers);
    }

    private Collection<ObjectKey> classChanged(Change<StorageClass> change) {
        StorageClass after = change.after() == null ? change.before() : change.after();
        return after == null || !after.provisioner().equals(options.driver())
                ? List.of()
                : keys(Stream.of(after.key().name()), places.all());
    }

    /** Also when somebody else changes or deletes ours. */
    private Collection<ObjectKey> objectChanged(Change<CsiStorageCapacity> change) {
        if (change.after() != null && published.isEcho(change.after())) {
            return List.of();
        }
        return Stream.of(change.before(), change.after())
                .flatMap(Stream::ofNullable)
                .map(object -> CapacityKey.of(object).queued())
                .distinct()
                .toList();
    }

    private Collection<ObjectKey> nodeChanged(Change<Node> change) {
        return placesChanged(places.of(change.before()), places.of(change.after()));
    }

    private Collection<ObjectKey> csiNodeChanged(Change<CsiNode> change) {
        return placesChanged(places.of(change.before()), places.of(change.after()));
    }

    private Collection<ObjectKey> placesChanged(@Nullable Topology before, @Nullable Topology after) {
        return Objects.equals(before, after)
                ? List.of()
                : keys(
                        classes(),
                        Stream.of(before, after).flatMap(Stream::ofNullable).collect(Collectors.toSet()));
    }

    /** A volume that comes or goes takes or gives room: in its places, or anywhere if it is tied to none. */
    private Collection<ObjectKey> volumeChanged(Change<PersistentVolume> change) {
        PersistentVolume came = change.before() == null ? change.after() : null;
        PersistentVolume went = change.after() == null ? change.before() : null;
        PersistentVolume volume = came == null ? went : came;
        if (volume == null || volume.csi() == null || !volume.csi().driver().equals(options.driver())) {
            return List.of();
        }
        Set<Topology> where = CapacitySegments.of(volume.nodeTerms());
        Set<Topology> stale = where.isEmpty() && came != null ? places.all() : where;
        return keys(Stream.of(volume.storageClassName()), stale);
    }

    /** A claim that was given back to the scheduler found no room where it should have been. */
    private Collection<ObjectKey> claimChanged(Change<PersistentVolumeClaim> change) {
        PersistentVolumeClaim before = change.before();
        PersistentVolumeClaim after = change.after();
        return before != null
                        && after != null
                        && before.meta().annotation(ProvisionerNames.SELECTED_NODE) != null
                        && after.meta().annotation(ProvisionerNames.SELECTED_NODE) == null
                ? keys(Stream.of(after.className()), places.all())
                : List.of();
    }

    private Collection<ObjectKey> keys(Stream<String> classes, Set<Topology> segments) {
        return classes.filter(this::ours)
                .flatMap(name -> segments.stream().map(segment -> new CapacityKey(name, segment).queued()))
                .toList();
    }

    private boolean ours(String storageClass) {
        StorageClass found = cluster.store(Kinds.STORAGE_CLASS).get(ObjectKey.cluster(storageClass));
        return found == null || found.provisioner().equals(options.driver());
    }

    private Stream<String> classes() {
        return cluster.store(Kinds.STORAGE_CLASS).all().stream()
                .filter(storageClass -> CapacityRules.wanted(storageClass, options))
                .map(storageClass -> storageClass.key().name());
    }

    /** What there should be and what there is. */
    private record Census(Set<CapacityKey> wanted, Set<CapacityKey> existing) {
        double current() {
            return wanted.stream().filter(existing::contains).count();
        }

        double obsolete() {
            return existing.stream().filter(key -> !wanted.contains(key)).count();
        }
    }

    private Census census() {
        Set<Topology> segments = places.all();
        Set<CapacityKey> wanted = classes()
                .flatMap(name -> segments.stream().map(segment -> new CapacityKey(name, segment)))
                .collect(Collectors.toSet());
        Set<CapacityKey> existing = new HashSet<>();
        cluster.store(kind).all().forEach(object -> existing.add(CapacityKey.of(object)));
        return new Census(wanted, existing);
    }

    private void gauge(PrometheusRegistry registry, String name, String help, ToDoubleFunction<Census> count) {
        GaugeWithCallback.builder()
                .name("csistoragecapacities_" + name)
                .help(help)
                .callback(gauge -> gauge.call(count.applyAsDouble(census())))
                .register(registry);
    }
}
