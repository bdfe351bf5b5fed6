package solo.it.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reached when so many different objects fulfil a condition. Reads the lines of a watch as text: building objects of
 * them would take the processors from what is measured.
 */
final class Milestone implements AutoCloseable {

    private static final Pattern UID = Pattern.compile("\"uid\":\"([^\"]+)\"");

    private static final Pattern VERSION = Pattern.compile("\"resourceVersion\":\"(\\d+)\"");

    private final KubernetesClient client;
    private final String path;
    private final Predicate<String> condition;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final CountDownLatch left;
    private volatile String version;
    private volatile @Nullable AsyncBody watched;
    private volatile boolean closed;
    private volatile long reached;

    /**
     * Watches from now on.
     *
     * @param path of the list, for example {@code /api/v1/persistentvolumes}
     * @param condition on the JSON text of a watch event
     */
    Milestone(KubernetesClient client, String path, int count, Predicate<String> condition) {
        this.client = client;
        this.path = path;
        this.condition = condition;
        this.left = new CountDownLatch(count);
        this.version = versionOf(client.raw(path + "?limit=1"), "0");
        var _ = Thread.ofVirtual().name("milestone " + path).start(this::read);
    }

    /** {@link System#nanoTime} of the last object that was needed. */
    long await() throws InterruptedException {
        if (!left.await(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException(left.getCount() + " objects are missing after 10 minutes");
        }
        return reached;
    }

    /** The API server ends a watch that it finds too slow; the next one goes on where that stopped. */
    private void read() {
        while (!closed && left.getCount() > 0) {
            Lines lines = new Lines(this::see);
            AsyncBody body = watch(lines);
            try {
                body.done().join();
            } catch (CompletionException | CancellationException e) {
                if (!closed && left.getCount() > 0) {
                    throw new IllegalStateException("the watch broke", e);
                }
            }
        }
    }

    /** What comes piece by piece, as lines. */
    private static final class Lines {
        private final Consumer<String> each;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(Consumer<String> each) {
            this.each = each;
        }

        void take(ByteBuffer piece) {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            int begin = 0;
            for (int at = 0; at < bytes.length; at++) {
                if (bytes[at] == '\n') {
                    line.write(bytes, begin, at - begin);
                    each.accept(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                    begin = at + 1;
                }
            }
            line.write(bytes, begin, bytes.length - begin);
        }
    }

    private void see(String line) {
        version = versionOf(line, version);
        Matcher uid = UID.matcher(line);
        if (condition.test(line) && uid.find() && seen.add(uid.group(1))) {
            reached = System.nanoTime();
            left.countDown();
        }
    }

    private AsyncBody watch(Lines lines) {
        HttpClient http = client.getHttpClient();
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(client.getMasterUrl().toString().replaceFirst("/$", "") + path + "?watch=true&resourceVersion="
                        + version)
                .header("Accept", "application/json")
                .forStreaming()
                .build();
        AsyncBody opened = http.consumeBytes(request, (pieces, body) -> {
                    pieces.forEach(lines::take);
                    body.consume();
                })
                .join()
                .body();
        watched = opened;
        opened.consume();
        return opened;
    }

    /** The first one in a text is the list's or the object's own. */
    private static String versionOf(String text, String otherwise) {
        Matcher found = VERSION.matcher(text);
        return found.find() ? found.group(1) : otherwise;
    }

    @Override
    public void close() {
        closed = true;
        AsyncBody open = watched;
        if (open != null) {
            open.cancel();
        }
    }
}
