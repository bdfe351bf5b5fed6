package solo.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** Many runs of one scenario: over seeds, or over every moment at which a crash can happen. */
public final class Simulations {

    /** What many runs came to, for a line in a test's output. */
    public record Summary(long runs, long steps, long effects, long crashes, long millis) {
        @Override
        public String toString() {
            return "%,d runs, %,d steps, %,d effects, %,d crashes, 0 violations in %,d ms"
                    .formatted(runs, steps, effects, crashes, millis);
        }
    }

    private Simulations() {}

    /** Runs so many seeds from {@code first} on, on all processors; the first failure is thrown. */
    public static Summary run(Supplier<Scenario> scenario, long first, long count) {
        return runEach(seed -> new Simulation(scenario.get(), seed).run(), first, count);
    }

    /** The same for whatever is done with a seed. */
    static Summary runEach(LongFunction<SimulationResult> one, long first, long count) {
        Totals totals = new Totals();
        AtomicLong next = new AtomicLong(first);
        int threads = Runtime.getRuntime().availableProcessors();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> runners = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                runners.add(executor.submit(() -> {
                    for (long seed = next.getAndIncrement(); seed < first + count; seed = next.getAndIncrement()) {
                        try {
                            totals.add(one.apply(seed));
                        } catch (SimulationFailure failure) {
                            next.set(first + count);
                            throw failure;
                        }
                    }
                }));
            }
            for (Future<?> runner : runners) {
                runner.get();
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SimulationFailure failure) {
                throw failure;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return totals.summary();
    }

    /** Runs the scenario again and again, with a crash after its first effect, its second, and so on to the last. */
    public static Summary crashAfterEachEffect(Supplier<Scenario> scenario, long seed) {
        Totals totals = new Totals();
        int effect = 1;
        SimulationResult result;
        do {
            Director crash = Director.crashAfter(effect++);
            result = new Simulation(scenario.get().director(() -> crash), seed).run();
            totals.add(result);
        } while (result.crashes() > 0);
        return totals.summary();
    }

    private static final class Totals {
        private final long since = System.nanoTime();
        private long runs;
        private long steps;
        private long effects;
        private long crashes;

        synchronized void add(SimulationResult result) {
            runs++;
            steps += result.steps();
            effects += result.effects();
            crashes += result.crashes();
        }

        synchronized Summary summary() {
            return new Summary(runs, steps, effects, crashes, (System.nanoTime() - since) / 1_000_000);
        }
    }
}
