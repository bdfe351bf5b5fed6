package solo.simulation;

import org.jspecify.annotations.Nullable;
import solo.kube.WorkQueue.Item;

/** One reconcile on its thread. It runs only while it holds the simulation's turn. */
final class SimulationTask {

    private final SimulatedProcess process;
    private final Item item;
    private final Thread thread;
    private boolean started;
    /** What goes on by itself if the process dies now: the driver call that has been sent. */
    private @Nullable Runnable inFlight;

    SimulationTask(SimulatedProcess process, Item item, java.util.function.Consumer<SimulationTask> body) {
        this.process = process;
        this.item = item;
        this.thread = Thread.ofVirtual()
                .name(item.controller().name() + " " + item.key())
                .unstarted(() -> body.accept(this));
    }

    SimulatedProcess process() {
        return process;
    }

    Item item() {
        return item;
    }

    Thread thread() {
        return thread;
    }

    /** Lets the thread go on, or begin. */
    void wake() {
        if (started) {
            java.util.concurrent.locks.LockSupport.unpark(thread);
        } else {
            started = true;
            thread.start();
        }
    }

    boolean started() {
        return started;
    }

    void inFlight(@Nullable Runnable work) {
        inFlight = work;
    }

    @Nullable
    Runnable inFlight() {
        return inFlight;
    }

    @Override
    public String toString() {
        return item.controller().name() + " " + item.key();
    }
}
