package solo.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happened, step by step: a fingerprint of everything, and the last steps in words. */
final class Trace {

    /** How many steps a failure shows. */
    static final int SHOWN = 40;

    private record Step(int number, Duration time, String what, Object about) {
        @Override
        public String toString() {
            return "%5d %12s  %s %s".formatted(number, time.toString().substring(2), what, about);
        }
    }

    private final VirtualClock clock;
    private final Step[] last = new Step[SHOWN];
    private int count;
    private long fingerprint;

    Trace(VirtualClock clock) {
        this.clock = clock;
    }

    void add(String what, Object about) {
        last[count % SHOWN] = new Step(count, clock.sinceStart(), what, about);
        count++;
        fingerprint = fingerprint * 1_000_003
                + what.hashCode() * 31L
                + about.toString().hashCode()
                + clock.nanos() * 7;
    }

    long fingerprint() {
        return fingerprint;
    }

    /** The last steps, oldest first. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = Math.max(0, count - SHOWN); i < count; i++) {
            lines.add(last[i % SHOWN].toString());
        }
        return lines;
    }
}
