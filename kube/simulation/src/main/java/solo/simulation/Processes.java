package solo.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import solo.simulation.SimulatedProcess.ListedFrom;

/** The processes of a simulation, usually one, and the reconciles that they could go on with. */
final class Processes {

    private final World world;
    private final Steps steps;
    private final ControllerFactory factory;
    private final Consumer<SimulationTask> body;
    private final List<SimulatedProcess> processes = new ArrayList<>();
    private final List<SimulationTask> ready = new ArrayList<>();

    Processes(World world, Steps steps, ControllerFactory factory, Consumer<SimulationTask> body) {
        this.world = world;
        this.steps = steps;
        this.factory = factory;
        this.body = body;
    }

    void start(ListedFrom listed) {
        processes.add(new SimulatedProcess(world, steps, factory, listed));
    }

    /** Lets each process begin what it can. */
    void begin() {
        processes.forEach(process -> process.begin(body, ready));
    }

    /** Reconciles that wait for their turn, in the order in which they began. */
    List<SimulationTask> ready() {
        return ready;
    }

    /** A reconcile has come to its end. */
    void ended(SimulationTask task) {
        ready.remove(task);
    }

    int count() {
        return processes.size();
    }

    SimulatedProcess oldest() {
        return processes.getFirst();
    }

    List<SimulatedStore<?>> stores() {
        List<SimulatedStore<?>> stores = new ArrayList<>();
        processes.forEach(process -> stores.addAll(process.cluster().stores()));
        return stores;
    }

    @Nullable
    Duration nextDue() {
        Duration next = null;
        for (SimulatedProcess process : processes) {
            Duration due = process.nextDue();
            if (due != null && (next == null || due.compareTo(next) < 0)) {
                next = due;
            }
        }
        return next;
    }

    /**
     * Kills a process: its threads end without touching anything any more. A driver call that was under way goes on
     * by itself if {@code arrived} says so.
     */
    void kill(SimulatedProcess process, Predicate<SimulationTask> arrived) {
        process.kill();
        processes.remove(process);
        for (SimulationTask task : process.tasks()) {
            ready.remove(task);
            Runnable sent = task.inFlight();
            if (sent != null && arrived.test(task)) {
                sent.run();
            }
            if (task.started()) {
                LockSupport.unpark(task.thread());
            }
        }
    }

    void killAll(Predicate<SimulationTask> arrived) {
        List.copyOf(processes).forEach(process -> kill(process, arrived));
    }
}
