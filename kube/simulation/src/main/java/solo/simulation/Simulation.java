package solo.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import solo.csi.Rpc;
import solo.kube.Kind;
import solo.kube.model.Outcome;
import solo.simulation.SimulatedProcess.ListedFrom;

/**
 * One run of a {@link Scenario}, named by its seed. Real reconcilers run on threads of their own, but only one at a
 * time: at each port call the seeded scheduler decides who goes on, what the cluster does meanwhile, what goes wrong and
 * whether the process dies. After the chaos everything may come to rest, in virtual time, and then must be in order.
 *
 * <p>Whoever runs holds the turn: a reconcile's thread, or the thread that called {@link #run}. The scheduler itself
 * runs on the thread that gives the turn away, so that going on costs no switch of threads.
 */
public final class Simulation implements Steps {

    private enum Phase {
        /** Users act, faults strike. */
        CHAOS,
        /** No more faults; everything comes to rest. */
        CALM,
        /** The users have left; what they had must go. */
        LEAVING,
        OVER
    }

    /** Longer than this no watch lags: before time jumps further, all is delivered. */
    private static final Duration LAG = Duration.ofSeconds(30);

    /** A run that has not come to rest by then never will. */
    private static final Duration ENDLESS = Duration.ofHours(12);

    private static final int ENDLESS_STEPS = 200_000;

    private final Scenario scenario;
    private final long seed;
    private final Lots lots;
    private final World world;
    private final Trace trace;
    private final List<KubernetesPart> parts;
    private final List<Users> users;
    private final List<Invariant> invariants;
    private final Director director;

    private final List<SimulatedProcess> processes = new ArrayList<>();
    private final List<SimulationTask> tasks = new ArrayList<>();
    private List<Move> moves = List.of();
    private long movesOf = -1;
    private State checked = new State(-1, -1);
    private Duration changed = Duration.ZERO;
    private Phase phase = Phase.CHAOS;
    private int step;
    private int effects;
    private int crashes;
    private Duration calmSince = Duration.ZERO;
    private boolean scheduling;

    private volatile @Nullable SimulationTask running;
    private volatile @Nullable Throwable failure;
    private final Thread caller = Thread.currentThread();

    /** What a rule can see; as long as it stays the same, no rule can break. */
    private record State(long revision, int effects) {}

    public Simulation(Scenario scenario, long seed) {
        this.scenario = scenario;
        this.seed = seed;
        this.lots = new Lots(seed);
        this.world = World.of(scenario);
        this.trace = new Trace(world.clock());
        this.parts = scenario.makeParts();
        this.users = scenario.makeUsers();
        this.invariants = scenario.makeInvariants();
        this.director = scenario.makeDirector();
    }

    public World world() {
        return world;
    }

    /** Runs to the end; throws what went wrong, with seed and last steps. */
    public SimulationResult run() {
        if (!Thread.currentThread().equals(caller)) {
            throw new IllegalStateException("run by the thread that made it");
        }
        try {
            scheduling = true;
            parts.forEach(part -> part.begin(world));
            scenario.beginIn(world);
            users.forEach(some -> some.begin(world));
            start(ListedFrom.NOW);
            scheduling = false;
            SimulationTask first = next();
            if (first != null) {
                running = first;
                first.wake();
                awaitEnd();
            }
        } catch (RuntimeException | Error broken) {
            failure = broken;
        } finally {
            phase = Phase.OVER;
            List.copyOf(processes).forEach(this::end);
        }
        Throwable broken = failure;
        if (broken != null) {
            throw new SimulationFailure(seed, String.valueOf(broken.getMessage()), trace.lines(), broken);
        }
        return new SimulationResult(seed, step, effects, crashes, trace.fingerprint(), world);
    }

    /** Kills the process now, as {@code kill -9} does, and starts another. For directors. */
    public void crash() {
        trace.add("CRASH", "");
        crashes++;
        List.copyOf(processes).forEach(this::end);
        start(lots.oneIn(4) ? ListedFrom.THE_PAST : ListedFrom.NOW);
    }

    // --- the ports' side ---

    @Override
    public void point(String what, Object about) {
        SimulationTask me = running;
        if (scheduling || me == null) {
            return;
        }
        checkAlive(me);
        trace.add(what, about + " (" + me + ")");
        SimulationTask next = next();
        if (next != me) {
            pass(next);
            awaitTurn(me);
        }
        checkAlive(me);
    }

    @Override
    public void look(String what, Object about) {
        SimulationTask me = running;
        if (scheduling || me == null) {
            return;
        }
        checkAlive(me);
        if (lots.oneIn(6)) {
            point("look at " + what, about);
        }
    }

    @Override
    public void inFlight(@Nullable Runnable work) {
        SimulationTask me = running;
        if (me != null) {
            me.inFlight(work);
        }
    }

    @Override
    public @Nullable Fault apiFault(Verb verb, Kind<?> kind) {
        return phase == Phase.CHAOS
                        && !scheduling
                        && lots.perThousand(scenario.chaos().apiFaults())
                ? lots.apiFault(verb, kind)
                : null;
    }

    @Override
    public @Nullable DriverFault driverFault(Rpc<?, ?> rpc) {
        return phase == Phase.CHAOS
                        && !scheduling
                        && lots.perThousand(scenario.chaos().driverFaults())
                ? lots.driverFault(rpc)
                : null;
    }

    @Override
    public void effect(String what) {
        if (!state().equals(checked)) {
            effects++;
            check();
            director.effect(this, what, effects);
        }
    }

    // --- the scheduler ---

    /** Lets the world go on until a task is to run; null when the run is over. Called by whoever holds the turn. */
    private @Nullable SimulationTask next() {
        scheduling = true;
        try {
            while (phase != Phase.OVER && failure == null) {
                step++;
                processes.forEach(process -> process.begin(this::body, tasks));
                check();
                Runnable choice = choose();
                if (choice instanceof Go(SimulationTask task)) {
                    return task;
                }
                choice.run();
            }
        } catch (RuntimeException | Error broken) {
            failure = broken;
        } finally {
            scheduling = false;
        }
        return null;
    }

    private record Go(SimulationTask task) implements Runnable {
        @Override
        public void run() {}
    }

    private Runnable choose() {
        if (phase == Phase.CHAOS && step > scenario.steps()) {
            calm(Phase.CALM);
        }
        Chaos chaos = scenario.chaos();
        if (phase == Phase.CHAOS) {
            if (lots.perThousand(chaos.crashes())) {
                return this::crash;
            }
            if (lots.perThousand(chaos.overlaps())) {
                return this::overlap;
            }
            if (lots.perThousand(chaos.relists())) {
                return this::breakWatch;
            }
        }
        lots.begin();
        tasks.forEach(task -> lots.add(8, new Go(task)));
        for (SimulatedProcess process : processes) {
            for (SimulatedStore<?> store : process.cluster().stores()) {
                if (store.lag() > 0) {
                    lots.add(5, () -> deliver(store));
                }
            }
        }
        moves().forEach(move -> lots.add(2, () -> make(move)));
        for (String key : world.driver().calls().inBackground()) {
            lots.add(2, () -> finish(key));
        }
        if (phase == Phase.CHAOS) {
            users.forEach(some -> lots.add(2, () -> act(some)));
            lots.add(2, this::passTime);
            if (processes.size() > 1) {
                lots.add(1, this::endOverlap);
            }
        } else if (lots.none()) {
            return this::comeToRest;
        }
        return lots.draw();
    }

    private List<Move> moves() {
        long revision = world.server().revision();
        if (revision != movesOf) {
            List<Move> all = new ArrayList<>();
            parts.forEach(part -> all.addAll(part.moves(world)));
            moves = all;
            movesOf = revision;
        }
        return moves;
    }

    private void make(Move move) {
        trace.add(move.what(), move.about());
        move.doing().run();
    }

    private void deliver(SimulatedStore<?> store) {
        trace.add("watch tells", store.kind().resource().plural());
        store.deliverOne();
    }

    private void finish(String key) {
        trace.add("driver finishes", key);
        world.driver().calls().finishBackground(key);
    }

    private void act(Users some) {
        Move move = some.next(world, lots.random());
        if (move != null) {
            make(move);
        }
    }

    private void breakWatch() {
        for (SimulatedProcess process : processes) {
            SimulatedStore<?> store = lots.pick(List.copyOf(process.cluster().stores()));
            if (lots.oneIn(5)) {
                trace.add("watch lists from the past", store.kind().resource().plural());
                store.relistStale(1 + lots.random().nextInt(3));
            } else {
                trace.add("watch lists anew", store.kind().resource().plural());
                store.relist();
            }
        }
    }

    private void overlap() {
        if (processes.size() == 1) {
            trace.add("OVERLAP", "");
            start(ListedFrom.NOW);
        }
    }

    private void endOverlap() {
        SimulatedProcess old = processes.getFirst();
        if (old.leads()) {
            trace.add("the old process learns that it does not lead", "");
            old.depose();
        } else if (old.tasks().isEmpty()) {
            trace.add("the old process ends", "");
            end(old);
        }
    }

    // --- time ---

    private void passTime() {
        Duration due = nextDue();
        Duration by = due != null && lots.oneIn(2)
                ? due
                : Duration.ofMillis(1 + lots.random().nextInt(2000));
        advance(by);
    }

    private void advance(Duration by) {
        trace.add("time passes", by);
        if (by.compareTo(LAG) > 0) {
            processes.forEach(process -> process.cluster().stores().forEach(SimulatedStore::deliverAll));
        }
        world.clock().advance(by);
    }

    /** Nothing can happen any more but the passing of time. */
    private void comeToRest() {
        Duration now = world.clock().sinceStart();
        Duration due = nextDue();
        if (due != null && now.minus(max(changed, calmSince)).compareTo(scenario.quiet()) < 0) {
            advance(due);
            return;
        }
        for (Invariant rule : invariants) {
            String how = rule.brokenAtRest(world);
            if (how != null) {
                throw new AssertionError("broken at rest (" + phase + "): " + rule.name() + ": " + how);
            }
        }
        if (phase == Phase.CALM && !users.isEmpty()) {
            trace.add("users leave", "");
            calm(Phase.LEAVING);
            users.forEach(some -> some.leave(world));
        } else {
            phase = Phase.OVER;
        }
    }

    private void calm(Phase next) {
        phase = next;
        calmSince = world.clock().sinceStart();
        while (processes.size() > 1) {
            end(processes.getFirst());
        }
    }

    private @Nullable Duration nextDue() {
        Duration next = null;
        for (SimulatedProcess process : processes) {
            Duration due = process.nextDue();
            if (due != null && (next == null || due.compareTo(next) < 0)) {
                next = due;
            }
        }
        return next;
    }

    // --- rules ---

    private State state() {
        return new State(world.server().revision(), world.backend().effectCount());
    }

    private void check() {
        State now = state();
        if (now.equals(checked)) {
            if (world.clock().sinceStart().minus(calmSince).compareTo(ENDLESS) > 0 || step > ENDLESS_STEPS) {
                throw new AssertionError("does not come to rest");
            }
            return;
        }
        checked = now;
        changed = world.clock().sinceStart();
        for (Invariant rule : invariants) {
            String how = rule.broken(world);
            if (how != null) {
                throw new AssertionError("broken: " + rule.name() + ": " + how);
            }
        }
    }

    // --- processes and their threads ---

    private void start(ListedFrom listed) {
        boolean before = scheduling;
        scheduling = true;
        processes.add(new SimulatedProcess(world, this, scenario.controllers(), listed));
        scheduling = before;
    }

    private void end(SimulatedProcess process) {
        process.kill();
        processes.remove(process);
        for (SimulationTask task : List.copyOf(process.tasks())) {
            tasks.remove(task);
            Runnable sent = task.inFlight();
            if (sent != null && phase != Phase.OVER && lots.oneIn(2)) {
                sent.run();
            }
            if (task != running && task.started()) {
                LockSupport.unpark(task.thread());
            }
        }
    }

    private void body(SimulationTask me) {
        Outcome outcome = null;
        Throwable thrown = null;
        try {
            outcome = me.item().controller().reconciler().reconcile(me.item().key());
        } catch (ProcessKilled killed) {
            thrown = killed;
        } catch (Throwable bug) {
            thrown = bug;
            if (me.process().alive()) {
                failure = new AssertionError("a reconcile threw, which is a bug: " + me + ": " + bug, bug);
            }
        }
        if (running != me) {
            return;
        }
        tasks.remove(me);
        if (me.process().alive() && outcome != null) {
            trace.add("reconciled", me + " " + outcome.getClass().getSimpleName());
            me.process().finished(me, outcome);
        } else if (thrown == null) {
            trace.add("answer of the dead", me);
        }
        pass(next());
    }

    private void pass(@Nullable SimulationTask next) {
        running = next;
        if (next == null) {
            LockSupport.unpark(caller);
        } else {
            next.wake();
        }
    }

    private void awaitTurn(SimulationTask me) {
        while (running != me && me.process().alive()) {
            LockSupport.park(this);
        }
    }

    private static void checkAlive(SimulationTask me) {
        if (!me.process().alive()) {
            throw new ProcessKilled();
        }
    }

    private void awaitEnd() {
        int before = -1;
        long since = System.nanoTime();
        while (running != null) {
            LockSupport.parkNanos(this, 1_000_000_000L);
            if (step != before) {
                before = step;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > 30_000_000_000L) {
                failure = new AssertionError("a thread waits outside of its ports: " + running);
                return;
            }
        }
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
