package solo.app;

import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;

/** SIGTERM and SIGINT, and the exit code after them. */
public final class StopSignal {

    private StopSignal() {}

    /** Waits for the signal, runs the end, and exits with its code: of itself the JVM would exit with 143. */
    public static int awaitThen(IntSupplier end) throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        int[] code = {1};
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop.countDown();
                            await(stopped);
                            Runtime.getRuntime().halt(code[0]);
                        },
                        "stop"));
        stop.await();
        try {
            code[0] = end.getAsInt();
        } finally {
            stopped.countDown();
        }
        return code[0];
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
