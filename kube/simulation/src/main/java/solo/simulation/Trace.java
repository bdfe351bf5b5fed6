package solo.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happened, step by step: a fingerprint of everything, and all of it in words when somebody asks. */
final class Trace {

    /** How many steps a failure shows. */
    static final int SHOWN = 40;

    private static final String TIME = "time passes";

    private record Step(int number, Duration time, String what, Object about) {
        @Override
        public String toString() {
            return "%5d %12s  %s %s".formatted(number, time.toString().substring(2), what, about);
        }
    }

    private final VirtualClock clock;
    private final List<Step> steps = new ArrayList<>();
    private int count;
    private long fingerprint;

    Trace(VirtualClock clock) {
        this.clock = clock;
    }

    void add(String what, Object about) {
        count++;
        fingerprint = fingerprint * 1_000_003
                + what.hashCode() * 31L
                + about.toString().hashCode()
                + clock.nanos() * 7;
        steps.add(new Step(count, clock.sinceStart(), what, about));
    }

    /** Time that passes several times in a row is one line. */
    void timePasses(Duration by) {
        if (!steps.isEmpty() && steps.getLast().what().equals(TIME)) {
            steps.removeLast();
        }
        add(TIME, "by " + by.toString().substring(2));
    }

    long fingerprint() {
        return fingerprint;
    }

    /** All steps, oldest first. */
    List<String> lines() {
        return steps.stream().map(Step::toString).toList();
    }
}
