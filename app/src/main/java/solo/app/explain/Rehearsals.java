package solo.app.explain;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import solo.attacher.Attacher;
import solo.attacher.AttacherOptions;
import solo.attacher.model.AttachingDriver;
import solo.csi.Driver;
import solo.csi.RpcDriver;
import solo.kube.Change;
import solo.kube.Clock;
import solo.kube.Cluster;
import solo.kube.Controller;
import solo.kube.Kind;
import solo.kube.Leadership;
import solo.kube.Trigger;
import solo.kube.Writes;
import solo.kube.model.ObjectKey;
import solo.kube.model.Projected;
import solo.provisioner.Provisioner;
import solo.provisioner.Unfinished;
import solo.provisioner.csi.VolumeCalls;
import solo.provisioner.model.ProvisioningOptions;
import solo.resizer.Resizer;
import solo.resizer.csi.VolumeChanges;
import solo.resizer.model.ResizingDriver;

/**
 * The real controllers on the recording ports. An object goes in the way a watch would bring it, so that the very same
 * triggers, views and rules decide about it as in the running process.
 */
final class Rehearsals {

    private final Cluster cluster;
    private final DriverFacts driver;
    private final Clock clock;
    private final Setup setup;

    Rehearsals(Cluster cluster, DriverFacts driver, Clock clock, Setup setup) {
        this.cluster = cluster;
        this.driver = driver;
        this.clock = clock;
        this.setup = setup;
    }

    /** What all controllers would do about this object now; those with nothing to do and nothing to say are left out. */
    <R extends Projected> List<Rehearsal> of(Kind<R> kind, R object) throws InterruptedException {
        List<Rehearsal> rehearsals = new ArrayList<>();
        // Each on a notebook of its own, so that it is known who would do what.
        for (int i = 0; i < controllers(new Notebook(cluster)).size(); i++) {
            Notebook notebook = new Notebook(cluster);
            Controller controller = controllers(notebook).get(i);
            for (ObjectKey key : keys(controller, kind, object)) {
                Rehearsal.of(controller, key, notebook).ifPresent(rehearsals::add);
            }
        }
        return List.copyOf(rehearsals);
    }

    /** Only the object's own key: other objects that the change would wake are not asked about. */
    private static <R extends Projected> List<ObjectKey> keys(Controller controller, Kind<R> kind, R object) {
        List<ObjectKey> keys = new ArrayList<>();
        for (Trigger<?> trigger : controller.triggers()) {
            if (trigger.kind().resource().equals(kind.resource())) {
                @SuppressWarnings("unchecked") // one Kind has one record
                Trigger<R> own = (Trigger<R>) trigger;
                own.keys().apply(new Change<>(null, object)).stream()
                        .filter(key -> key.equals(object.key())
                                || key.name().equals(object.meta().uid()))
                        .filter(key -> !keys.contains(key))
                        .forEach(keys::add);
            }
        }
        return keys;
    }

    private List<Controller> controllers(Notebook notebook) {
        Driver calls = new RpcDriver(notebook);
        Writes writes = notebook.writes();
        String fsType = setup.options().provisioner.defaultFsType;
        List<Controller> controllers = new ArrayList<>(new Provisioner(
                        new solo.provisioner.Ports(
                                cluster,
                                writes,
                                new VolumeCalls(calls),
                                notebook,
                                clock,
                                Leadership.ALWAYS,
                                Unfinished.NOWHERE),
                        new ProvisioningOptions(
                                driver.name(),
                                driver.capabilities(),
                                "solo-explain",
                                setup.naming(),
                                fsType,
                                setup.features(driver)),
                        Provisioner.Tuning.DEFAULT,
                        new PrometheusRegistry())
                .controllers());
        controllers.addAll(Attacher.of(
                        new AttachingDriver(
                                driver.name(), driver.capabilities(), fsType, AttachingDriver.ErrorCodes.RECORDED),
                        calls,
                        new solo.attacher.Ports(cluster, writes, clock),
                        AttacherOptions.DEFAULT)
                .controllers());
        controllers.addAll(Resizer.of(
                new ResizingDriver(
                        driver.name(),
                        driver.capabilities(),
                        setup.options().retry.max,
                        ResizingDriver.PreResizeNote.ALWAYS,
                        setup.modifyMetadata()),
                new VolumeChanges(calls, calls),
                new solo.resizer.Ports(cluster, writes, notebook, clock),
                setup.resizer()));
        return controllers;
    }
}
