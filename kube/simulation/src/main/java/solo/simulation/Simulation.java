package solo.simulation;

import com.google.protobuf.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * <p>The scheduler itself runs on the thread that gives its turn away, so that going on costs no switch of threads.
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
    private final Rules rules;
    private final List<KubernetesPart> parts;
    private final List<Users> users;
    private final Director director;
    private final Processes processes;
    private final Turns turns = new Turns();

    private Phase phase = Phase.CHAOS;
    private Duration phaseBegan = Duration.ZERO;
    private int step;
    private int effects;
    private int crashes;
    /** The scheduler is at work: what it does is no step of a task. */
    private boolean scheduling;
    /** How many users wish for nothing more. */
    private int content;

    private List<Move> moves = List.of();
    private long movesOf = -1;
    private volatile @Nullable Throwable failure;

    public Simulation(Scenario scenario, long seed) {
        this.scenario = scenario;
        this.seed = seed;
        this.lots = new Lots(seed);
        this.world = World.of(scenario);
        this.trace = new Trace(world.clock());
        this.rules = new Rules(world, scenario.makeInvariants());
        this.parts = scenario.makeParts();
        this.users = scenario.makeUsers();
        this.director = scenario.makeDirector();
        this.processes = new Processes(world, this, scenario.controllers(), this::reconcile);
    }

    public World world() {
        return world;
    }

    /** Everything that happened so far, oldest first. */
    public List<String> stepsInWords() {
        return trace.lines();
    }

    /** Runs to the end, on the thread that made it; throws what went wrong, with seed and last steps. */
    public SimulationResult run() {
        try {
            scheduling = true;
            parts.forEach(part -> part.begin(world));
            scenario.beginIn(world);
            users.forEach(some -> some.begin(world));
            processes.start(ListedFrom.NOW);
            turns.pass(next());
            SimulationTask stuck = turns.awaitCaller();
            if (stuck != null) {
                fail(new AssertionError("a thread waits outside of its ports: " + stuck));
            }
        } catch (RuntimeException | Error broken) {
            fail(broken);
        } finally {
            phase = Phase.OVER;
            processes.killAll(task -> false);
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
        processes.killAll(task -> lots.oneIn(2));
        start();
    }

    /** How often the process was killed so far. */
    public int crashes() {
        return crashes;
    }

    private void start() {
        boolean before = scheduling;
        scheduling = true;
        processes.start(listed());
        scheduling = before;
    }

    private void fail(Throwable broken) {
        if (failure == null) {
            failure = broken;
        }
    }

    // --- the ports' side ---

    @Override
    public void point(String what, Object about) {
        SimulationTask me = turns.holder();
        if (scheduling || me == null) {
            return;
        }
        checkAlive(me);
        trace.add(what, about + " (" + me + ")");
        SimulationTask next = next();
        if (next != me) {
            turns.pass(next);
            turns.await(me);
        }
        checkAlive(me);
    }

    @Override
    public void look(String what, Object about) {
        SimulationTask me = turns.holder();
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
        SimulationTask me = turns.holder();
        if (me != null) {
            me.inFlight(work);
        }
    }

    @Override
    public @Nullable Fault apiFault(Verb verb, Kind<?> kind) {
        return strikes(scenario.chaos().apiFaults()) ? lots.apiFault(verb, kind) : null;
    }

    @Override
    public @Nullable DriverFault driverFault(Rpc<?, ?> rpc, Message request) {
        return strikes(scenario.chaos().driverFaults()) ? lots.driverFault(rpc, request, world.backend()) : null;
    }

    private boolean strikes(int perThousand) {
        return phase == Phase.CHAOS && !scheduling && lots.perThousand(perThousand);
    }

    @Override
    public void effect(String what) {
        try {
            if (rules.check()) {
                effects++;
                director.effect(this, what, effects);
            }
        } catch (RuntimeException | Error broken) {
            fail(broken);
        }
    }

    private static void checkAlive(SimulationTask me) {
        if (!me.process().alive()) {
            throw new ProcessKilled();
        }
    }

    /** What each task's thread does. */
    private void reconcile(SimulationTask me) {
        Outcome outcome = null;
        try {
            outcome = me.item().controller().reconciler().reconcile(me.item().key());
        } catch (ProcessKilled killed) {
            // As if it had never come back.
        } catch (Throwable bug) {
            if (me.process().alive()) {
                fail(new AssertionError("a reconcile threw, which is a bug: " + me + ": " + bug, bug));
            }
        }
        if (turns.holder() == me) {
            processes.ended(me);
            if (outcome != null && me.process().alive()) {
                trace.add("reconciled", me + " " + outcome.getClass().getSimpleName());
                me.process().finished(me, outcome);
            }
            turns.pass(next());
        }
    }

    // --- the scheduler ---

    /** Lets the world go on until a task is to run; null when the run is over. Called by whoever holds the turn. */
    private @Nullable SimulationTask next() {
        scheduling = true;
        try {
            while (phase != Phase.OVER && failure == null) {
                step++;
                if (!rules.check()) {
                    checkEndless();
                }
                processes.begin();
                Runnable choice = choose();
                if (choice instanceof Go(SimulationTask task)) {
                    return task;
                }
                choice.run();
            }
        } catch (RuntimeException | Error broken) {
            fail(broken);
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
        if (phase == Phase.CHAOS) {
            Chaos chaos = scenario.chaos();
            if (step > scenario.steps()) {
                return this::calmDown;
            }
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
        processes.ready().forEach(task -> lots.add(8, new Go(task)));
        for (SimulatedStore<?> store : processes.stores()) {
            if (store.lag() > 0) {
                lots.add(5, () -> deliver(store));
            }
        }
        moves().forEach(move -> lots.add(2, () -> make(move)));
        for (String key : world.driver().calls().inBackground()) {
            lots.add(2, () -> finish(key));
        }
        if (phase == Phase.CHAOS) {
            boolean idle = lots.none() && content == users.size();
            lots.add(2, idle ? this::calmDown : this::passTime);
            users.forEach(some -> lots.add(2, () -> act(some)));
            if (processes.count() > 1) {
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

    private void act(Users some) {
        Move move = some.next(world, lots.random());
        if (move == null) {
            content = Math.min(content + 1, users.size());
        } else {
            content = 0;
            make(move);
        }
    }

    private void deliver(SimulatedStore<?> store) {
        trace.add("watch tells", store.kind().resource().plural());
        store.deliverOne();
    }

    private void finish(String key) {
        trace.add("driver finishes", key);
        world.driver().calls().finishBackground(key);
    }

    private void breakWatch() {
        SimulatedStore<?> store = lots.pick(processes.stores());
        boolean past = listed() == ListedFrom.THE_PAST;
        trace.add(
                past ? "watch lists from the past" : "watch lists anew",
                store.kind().resource().plural());
        if (past) {
            store.relistStale(1 + lots.random().nextInt(3));
        } else {
            store.relist();
        }
    }

    private ListedFrom listed() {
        return lots.perThousand(scenario.chaos().staleLists()) ? ListedFrom.THE_PAST : ListedFrom.NOW;
    }

    private void overlap() {
        if (processes.count() == 1) {
            trace.add("OVERLAP", "");
            start();
        }
    }

    private void endOverlap() {
        SimulatedProcess old = processes.oldest();
        if (old.leads()) {
            trace.add("the old process learns that it does not lead", "");
            old.depose();
        } else if (old.tasks().isEmpty()) {
            trace.add("the old process ends", "");
            processes.kill(old, task -> false);
        }
    }

    // --- time, and the end of it ---

    private void passTime() {
        Duration due = processes.nextDue();
        advance(
                due != null && lots.oneIn(2)
                        ? due
                        : Duration.ofMillis(1 + lots.random().nextInt(2000)));
    }

    private void advance(Duration by) {
        trace.timePasses(by);
        if (by.compareTo(LAG) > 0) {
            processes.stores().forEach(SimulatedStore::deliverAll);
        }
        world.clock().advance(by);
    }

    private void calmDown() {
        trace.add("faults end", "");
        enter(Phase.CALM);
        while (processes.count() > 1) {
            processes.kill(processes.oldest(), task -> true);
        }
        users.forEach(some -> some.calm(world));
    }

    /** Nothing can happen any more but the passing of time. */
    private void comeToRest() {
        Duration since = rules.changed().compareTo(phaseBegan) > 0 ? rules.changed() : phaseBegan;
        Duration due = processes.nextDue();
        if (due != null && world.clock().sinceStart().minus(since).compareTo(scenario.quiet()) < 0) {
            advance(due);
            return;
        }
        rules.checkAtRest(phase.name());
        if (phase == Phase.CALM && !users.isEmpty()) {
            trace.add("users leave", "");
            enter(Phase.LEAVING);
            users.forEach(some -> some.leave(world));
        } else {
            phase = Phase.OVER;
        }
    }

    private void enter(Phase next) {
        phase = next;
        phaseBegan = world.clock().sinceStart();
    }

    private void checkEndless() {
        if (world.clock().sinceStart().minus(phaseBegan).compareTo(ENDLESS) > 0 || step > ENDLESS_STEPS) {
            throw new AssertionError("does not come to rest");
        }
    }
}
