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

/**
 * Reached when so many different objects fulfil a condition. Reads the lines of a watch as text: building objects of
 * them would take the processors from what is measured.
 */
final class Milestone implements AutoCloseable {

    private static final Pattern UID = Pattern.compile("\"uid\":\"([^\"]+)\"");

    private final Predicate<String> condition;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final CountDownLatch left;
    private final InputStream lines;
    private volatile long reached;

    /**
     * Watches from now on.
     *
     * @param path of the list, for example {@code /api/v1/persistentvolumes}
     * @param condition on the JSON text of a watch event
     */
    Milestone(KubernetesClient client, String path, int count, Predicate<String> condition) {
        this.condition = condition;
        this.left = new CountDownLatch(count);
        HttpClient http = client.getHttpClient();
        String version = client.raw(path + "?limit=1").replaceFirst("(?s).*?\"resourceVersion\":\"(\\d+)\".*", "$1");
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(client.getMasterUrl().toString().replaceFirst("/$", "") + path + "?watch=true&resourceVersion="
                        + version)
                .header("Accept", "application/json")
                .forStreaming()
                .build();
        this.lines = http.sendAsync(request, InputStream.class).join().body();
        var _ = Thread.ofVirtual().name("milestone " + path).start(this::read);
    }

    /** {@link System#nanoTime} of the last object that was needed. */
    long await() throws InterruptedException {
        if (!left.await(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException(left.getCount() + " objects are missing after 10 minutes");
        }
        return reached;
    }

    private void read() {
        try (var text = new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                Matcher uid = UID.matcher(line);
                if (condition.test(line) && uid.find() && seen.add(uid.group(1))) {
                    reached = System.nanoTime();
                    left.countDown();
                }
            }
        } catch (IOException e) {
            if (left.getCount() > 0) {
                throw new IllegalStateException("the watch broke", e);
            }
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
