package solo.kube;

import java.time.Instant;

/** The time port. Wall time is for people and API fields; everything that is measured or waited for is monotonic. */
public interface Clock {

    Instant now();

    /** Monotonic nanoseconds, only good for differences. */
    long nanos();

    Clock SYSTEM = new Clock() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    };
}
