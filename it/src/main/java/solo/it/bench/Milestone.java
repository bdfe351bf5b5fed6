package solo.it.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private volatile @Nullable InputStream lines;
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
            try (var text = new BufferedReader(new InputStreamReader(watch(), StandardCharsets.UTF_8))) {
                for (String line = text.readLine(); line != null; line = text.readLine()) {
                    see(line);
                }
            } catch (IOException e) {
                if (!closed && left.getCount() > 0) {
                    throw new IllegalStateException("the watch broke", e);
                }
            }
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

    private InputStream watch() {
        HttpClient http = client.getHttpClient();
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(client.getMasterUrl().toString().replaceFirst("/$", "") + path + "?watch=true&resourceVersion="
                        + version)
                .header("Accept", "application/json")
                .forStreaming()
                .build();
        InputStream opened = http.sendAsync(request, InputStream.class).join().body();
        lines = opened;
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
        try {
            InputStream open = lines;
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
