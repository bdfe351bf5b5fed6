package solo.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import solo.csi.FencedCalls;
import solo.kube.Change;
import solo.kube.Controller;
import solo.kube.FencedWrites;
import solo.kube.Trigger;
import solo.kube.WorkQueue;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Projected;

/**
 * One run of our program: caches, queue and controllers. Does what {@link solo.kube.ControllerRuntime} does, with the
 * same queue, but lets the simulation decide when.
 */
final class SimulatedProcess {

    private final World world;
    private final SimulatedCluster cluster;
    private final SimulatedPorts ports;
    private final WorkQueue queue;
    private final List<SimulationTask> tasks = new ArrayList<>();
    private volatile boolean alive = true;
    private boolean leading = true;

    SimulatedProcess(World world, Steps steps, ControllerFactory factory, ListedFrom listed) {
        this.world = world;
        this.cluster = SimulatedCluster.lagging(world.server());
        this.ports = new SimulatedPorts(
                new SteppedCluster(cluster, steps),
                new FencedWrites(new SteppedWrites(world.server(), cluster, steps), this::leads),
                ModelDriver.behind(new FencedCalls(new SteppedCalls(world.driver(), steps), this::leads)),
                world.events(),
                world.clock(),
                this::leads);
        List<Controller> controllers = factory.build(ports);
        this.queue = new WorkQueue(world.clock(), controllers);
        controllers.forEach(controller -> controller.triggers().forEach(trigger -> wire(controller, trigger)));
        if (listed == ListedFrom.THE_PAST) {
            cluster.stores().forEach(store -> store.relistStale(2));
        }
        controllers.forEach(
                controller -> controller.triggers().forEach(trigger -> offerEverything(controller, trigger)));
    }

    /** What the API server's caches showed when the process began. */
    enum ListedFrom {
        NOW,
        THE_PAST
    }

    boolean alive() {
        return alive;
    }

    boolean leads() {
        return alive && leading;
    }

    /** It has lost the lease: nothing new begins, no write goes through. */
    void depose() {
        leading = false;
    }

    void kill() {
        alive = false;
    }

    SimulatedCluster cluster() {
        return cluster;
    }

    List<SimulationTask> tasks() {
        return tasks;
    }

    /** Hands out what may run now. */
    void begin(java.util.function.Consumer<SimulationTask> body, Collection<SimulationTask> ready) {
        if (!leads()) {
            return;
        }
        for (WorkQueue.Item item = queue.poll(); item != null; item = queue.poll()) {
            SimulationTask task = new SimulationTask(this, item, body);
            tasks.add(task);
            ready.add(task);
        }
    }

    /** How long until a delayed key is due; null if none is. */
    @Nullable
    Duration nextDue() {
        return leads() ? queue.nextDue() : null;
    }

    void finished(SimulationTask task, Outcome outcome) {
        tasks.remove(task);
        queue.finished(task.item(), outcome);
        if (outcome instanceof Outcome.Waiting waiting) {
            EventNote note = waiting.reason().event();
            if (note != null && waiting.about() != null) {
                world.events().record(waiting.about(), note);
            }
        }
    }

    private <R extends Projected> void wire(Controller controller, Trigger<R> trigger) {
        cluster.store(trigger.kind()).onChange(change -> changed(controller, trigger, change));
    }

    private <R extends Projected> void changed(Controller controller, Trigger<R> trigger, Change<R> change) {
        R before = change.before();
        R after = change.after();
        boolean gone = before != null && (after == null || !after.uid().equals(before.uid()));
        // Sorted, because sets of the JDK have another order in every JVM.
        for (ObjectKey key : new TreeSet<>(trigger.keys().apply(change))) {
            if (before != null && gone && before.key().equals(key)) {
                queue.forget(controller, key);
            }
            queue.offer(controller, key);
        }
    }

    private <R extends Projected> void offerEverything(Controller controller, Trigger<R> trigger) {
        cluster.store(trigger.kind()).all().stream()
                .sorted((one, two) -> one.key().compareTo(two.key()))
                .forEach(record -> changed(controller, trigger, new Change<>(null, record)));
    }
}
