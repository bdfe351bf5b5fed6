package solo.it.cluster;

/** Does something every two seconds until it is closed: keeps {@link Progress} alive during a call that blocks. */
public final class Ticker implements AutoCloseable {
    private static final long MILLIS = 2000;

    private final Thread thread;

    public Ticker(Runnable tick) {
        thread = Thread.ofVirtual().name("ticker").start(() -> {
            try {
                while (true) {
                    Thread.sleep(MILLIS);
                    tick.run();
                }
            } catch (InterruptedException e) {
                // Closed.
            }
        });
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
