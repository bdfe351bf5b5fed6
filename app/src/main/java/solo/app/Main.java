package solo.app;

import java.util.List;

/** The entry point of the image. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Solo.run(List.of(), arguments));
    }
}
