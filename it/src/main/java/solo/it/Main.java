package solo.it;

import java.util.List;
import solo.app.Solo;
import solo.it.bench.BenchCommand;
import solo.it.chart.BundleCommand;
import solo.it.image.ImageCommand;
import solo.it.up.UpCommand;

/** The entry point of {@code ./solo}: adds what needs the sources. */
public final class Main {
    private Main() {}

    static int run(String... arguments) {
        return Solo.run(
                List.of(new UpCommand(), new BenchCommand(), new ImageCommand(), new BundleCommand()), arguments);
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }
}
