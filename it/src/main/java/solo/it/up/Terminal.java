package solo.it.up;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import solo.it.cluster.Progress;

/** Shows steps to a person: a bar that moves on a terminal, one line at a time where nobody watches. */
public final class Terminal implements Progress {

    private static final int WIDTH = 30;

    private final PrintStream out;
    private final boolean live;
    private final Map<String, Long> started = new LinkedHashMap<>();
    private final Map<String, Integer> printedTenths = new LinkedHashMap<>();
    private boolean barShown;

    Terminal(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    @SuppressWarnings("SystemConsoleNull") // it is null when started by a program without a terminal
    public static Terminal standard() {
        Console console = System.console();
        return new Terminal(System.out, console != null && console.isTerminal());
    }

    public synchronized void say(String line) {
        clear();
        out.println(line);
    }

    @Override
    public synchronized void started(String step) {
        started.put(step, System.nanoTime());
        if (live) {
            bar(step, OptionalDouble.empty());
        }
    }

    @Override
    public synchronized void fraction(String step, OptionalDouble done) {
        if (live) {
            bar(step, done);
            return;
        }
        // Where nobody watches: a line each tenth, or each report when nobody knows how much is left.
        int tenth = done.isPresent() ? (int) (done.getAsDouble() * 10) : -1;
        Integer printed = printedTenths.put(step, tenth);
        if (printed == null || printed < tenth || tenth < 0) {
            out.printf(
                    Locale.ROOT,
                    "  ... %s%s, %s%n",
                    step,
                    tenth < 0 ? "" : " " + tenth * 10 + " %",
                    seconds(since(step)));
        }
    }

    @Override
    public synchronized void finished(String step, Duration took) {
        clear();
        started.remove(step);
        out.printf(Locale.ROOT, "  ok  %-58s %8s%n", step, seconds(took));
        if (live && !started.isEmpty()) {
            bar(started.keySet().iterator().next(), OptionalDouble.empty());
        }
    }

    synchronized void failed(String step, String why) {
        clear();
        started.remove(step);
        out.printf(Locale.ROOT, "FAIL  %s: %s%n", step, why);
    }

    private void bar(String step, OptionalDouble done) {
        clear();
        StringBuilder cells = new StringBuilder();
        int full = done.isPresent()
                ? (int) Math.round(done.getAsDouble() * WIDTH)
                : (int) (since(step).toSeconds() % WIDTH);
        for (int cell = 0; cell < WIDTH; cell++) {
            boolean filled = done.isPresent() ? cell < full : cell == full;
            cells.append(filled ? '#' : '.');
        }
        out.printf(Locale.ROOT, "\r  %s %s, %s", cells, step, seconds(since(step)));
        out.flush();
        barShown = true;
    }

    private void clear() {
        if (barShown) {
            out.print("\r\033[2K");
            barShown = false;
        }
    }

    private Duration since(String step) {
        return Duration.ofNanos(System.nanoTime() - started.getOrDefault(step, System.nanoTime()));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
