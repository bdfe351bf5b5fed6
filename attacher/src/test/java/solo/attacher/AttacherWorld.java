package solo.attacher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solo.attacher.model.AttachingDriver;
import solo.attacher.model.AttachingDriver.ErrorCodes;
import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.csi.model.PluginCapability;
import solo.kube.ApiException;
import solo.kube.Backoff;
import solo.kube.Cluster;
import solo.kube.Controller;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.Store;
import solo.kube.Writes;
import solo.kube.model.Finalizers;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Patch;
import solo.kube.model.Projected;
import solo.simulation.AttachmentBuilder;
import solo.simulation.Fault;
import solo.simulation.ModelDriver;
import solo.simulation.ObjectBuilder;
import solo.simulation.Objects;
import solo.simulation.SimulatedApiServer;
import solo.simulation.SimulatedCluster;
import solo.simulation.SimulatedWrites;
import solo.simulation.VirtualClock;
import solo.simulation.VolumeBuilder;

/** One attacher in a simulated cluster, and a log of everything it did to the cluster and to its driver, in order. */
public final class AttacherWorld {
    public static final String FINALIZER = Finalizers.attacher(ModelDriver.NAME);

    public final VirtualClock clock = new VirtualClock();
    public final SimulatedApiServer server = new SimulatedApiServer(clock);
    public final SimulatedCluster cluster = new SimulatedCluster(server);
    /** {@code patch volumeattachments/va}, {@code publish handle-pv to id-node} and so on. */
    public final List<String> log = new ArrayList<>();

    public final List<Patch> patches = new ArrayList<>();
    public final ScriptedDriver driver = new ScriptedDriver(log);
    public final List<ObjectKey> disputed = new ArrayList<>();
    public Attacher attacher;

    public AttacherWorld() {
        this(EnumSet.of(
                ControllerCapability.PUBLISH_UNPUBLISH_VOLUME,
                ControllerCapability.LIST_VOLUMES,
                ControllerCapability.LIST_VOLUMES_PUBLISHED_NODES));
    }

    public AttacherWorld(Set<ControllerCapability> capabilities) {
        attacher = attacher(profile(capabilities));
    }

    public static AttachingDriver profile(Set<ControllerCapability> capabilities) {
        return new AttachingDriver(
                ModelDriver.NAME,
                new DriverCapabilities(
                        Set.of(PluginCapability.CONTROLLER_SERVICE), Set.of(), capabilities, Set.of(), Set.of()),
                "",
                ErrorCodes.RECORDED);
    }

    /** The process starts anew: all that was only in memory is gone. */
    public Attacher attacher(AttachingDriver profile) {
        attacher = Attacher.of(
                profile,
                driver,
                new Ports(new Logged(), new LoggedWrites(), clock),
                new AttacherOptions(1, Backoff.DEFAULT, Duration.ofMinutes(1), 0));
        attacher.disputes().onDispute(disputed::add);
        return attacher;
    }

    public AttacherWorld with(ObjectBuilder<?>... objects) {
        for (ObjectBuilder<?> object : objects) {
            server.put(object);
        }
        return this;
    }

    /** Attachment {@code va} of volume {@code pv} to node {@code node}, fresh from the attach-detach controller. */
    public static AttachmentBuilder fresh() {
        return Objects.attachment("va").volume("pv").node("node");
    }

    /** As it is once we have called the driver: finalizer and node id. */
    public static AttachmentBuilder marked() {
        return fresh().finalizer(FINALIZER).annotation("csi.alpha.kubernetes.io/node-id", "id-node");
    }

    /** A volume as the provisioner leaves it. */
    public static VolumeBuilder volume() {
        return Objects.volume("pv").finalizer(FINALIZER);
    }

    public static ObjectBuilder<?> node() {
        return Objects.csiNode("node");
    }

    /** Runs the attachment {@code va} once. */
    public Outcome run() {
        return run(Attacher.ATTACHMENTS, ObjectKey.cluster("va"));
    }

    public Outcome runVolume() {
        return run(Attacher.VOLUMES, ObjectKey.cluster("pv"));
    }

    public Outcome runPublishedNodes() {
        return run(Attacher.PUBLISHED_NODES, PublishedNodesReconciler.KEY);
    }

    private Outcome run(String controller, ObjectKey key) {
        try {
            return controller(controller).reconciler().reconcile(key);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public Controller controller(String name) {
        return attacher.controllers().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no controller " + name));
    }

    public void fail(Fault fault) {
        server.fail(fault);
    }

    public Json va() {
        return server.object(Kinds.ATTACHMENT, ObjectKey.cluster("va"));
    }

    public @Nullable Json findVa() {
        return server.find(Kinds.ATTACHMENT, ObjectKey.cluster("va"));
    }

    public Json pv() {
        return server.object(Kinds.VOLUME, ObjectKey.cluster("pv"));
    }

    private final class Logged implements Cluster {
        @Override
        public <R extends Projected> Store<R> store(Kind<R> kind) {
            return cluster.store(kind);
        }

        @Override
        public <R extends Projected> @Nullable R live(Kind<R> kind, ObjectKey key) throws ApiException {
            log.add("get " + kind.resource().plural() + "/" + key);
            return cluster.live(kind, key);
        }
    }

    private final class LoggedWrites implements Writes {
        private final Writes writes = new SimulatedWrites(server, cluster);

        @Override
        public <R extends Projected> R create(Kind<R> kind, Map<String, ?> object) {
            throw new AssertionError("the attacher creates nothing");
        }

        @Override
        public <R extends Projected> R patch(Kind<R> kind, ObjectKey key, Patch patch) throws ApiException {
            log.add("patch " + kind.resource().plural() + "/" + key + (patch.status() ? " status" : ""));
            patches.add(patch);
            return writes.patch(kind, key, patch);
        }

        @Override
        public <R extends Projected> void delete(Kind<R> kind, ObjectKey key, String uid) {
            throw new AssertionError("the attacher deletes nothing");
        }
    }
}
