package solo.it;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody who claims volumes of one class all the time, a few each second, until told to stop. */
final class ClaimLoad implements AutoCloseable {

    private static final long BETWEEN_MS = 250;

    private final Sandbox sandbox;
    private final String storageClass;
    private final List<String> claims = new CopyOnWriteArrayList<>();
    private final Instant begun = Instant.now();
    private final Thread thread = Thread.ofVirtual().unstarted(this::run);
    private volatile boolean stopped;

    private ClaimLoad(Sandbox sandbox, String storageClass) {
        this.sandbox = sandbox;
        this.storageClass = storageClass;
    }

    static ClaimLoad begin(Sandbox sandbox, String storageClass) {
        ClaimLoad load = new ClaimLoad(sandbox, storageClass);
        load.thread.start();
        return load;
    }

    private void run() {
        try {
            while (!stopped) {
                String name = "load-" + claims.size();
                sandbox.claim(name, storageClass);
                claims.add(name);
                Thread.sleep(BETWEEN_MS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until every claim is bound, and answers them. */
    List<String> stop() {
        close();
        Duration took = Duration.between(begun, Instant.now());
        claims.forEach(sandbox::awaitBound);
        System.out.println(claims.size() + " claims made in " + took.toSeconds() + " s, all bound "
                + Duration.between(begun, Instant.now()).minus(took).toMillis() + " ms after the last");
        return List.copyOf(claims);
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
