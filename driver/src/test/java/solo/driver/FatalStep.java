package solo.driver;

import java.io.IOException;

/** The step at which a process is killed, among all that it takes on its disk and with the kernel. */
final class FatalStep {
    /** What a kill -9 looks like from inside: no code of ours goes on. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed(String where) {
            super(where);
        }
    }

    enum Moment {
        BEFORE,
        AMID,
        AFTER
    }

    interface Change<T> {
        T make() throws IOException;
    }

    private final int number;
    private final Moment moment;
    private int steps;
    private boolean dead;

    FatalStep(int number, Moment moment) {
        this.number = number;
        this.moment = moment;
    }

    /** {@code half} is what a step leaves that is stopped in its middle. */
    synchronized <T> T step(String name, Change<?> half, Change<T> whole) throws IOException {
        if (dead) {
            throw new Killed("dead already");
        }
        steps++;
        if (steps < number) {
            return whole.make();
        }
        dead = true;
        switch (moment) {
            case BEFORE -> {}
            case AMID -> half.make();
            case AFTER -> whole.make();
        }
        throw new Killed(moment + " step " + steps + ", " + name);
    }
}
