package solo.it.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API server's own count of requests, by verb and resource ({@code apiserver_request_total}). */
public record RequestCounters(Map<String, Long> counts) {

    private static final Pattern LINE = Pattern.compile("apiserver_request_total\\{([^}]*)} ([0-9.e+]+)");

    public static RequestCounters read(KubernetesClient client) {
        Map<String, Long> counts = new TreeMap<>();
        for (String line : client.raw("/metrics").lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                String labels = matcher.group(1);
                String subresource = label(labels, "subresource");
                String what = label(labels, "verb") + " " + label(labels, "resource")
                        + (subresource.isEmpty() ? "" : "/" + subresource);
                counts.merge(what, (long) Double.parseDouble(matcher.group(2)), Long::sum);
            }
        }
        return new RequestCounters(counts);
    }

    /** What was asked since {@code before}, without watches and what was not asked at all. */
    public Map<String, Long> since(RequestCounters before) {
        Map<String, Long> difference = new TreeMap<>();
        counts.forEach((what, count) -> {
            long more = count - before.counts.getOrDefault(what, 0L);
            if (more > 0 && !what.startsWith("WATCH")) {
                difference.put(what, more);
            }
        });
        return difference;
    }

    /** Says what everybody has asked since then, by the thing of which there are {@code count}; what is rare is left out. */
    void sayWhatFollowed(KubernetesClient client, int count, Consumer<String> say) {
        read(client).since(this).forEach((what, calls) -> {
            if (calls >= count / 10) {
                say.accept(String.format(Locale.ROOT, "  %-48s %6.2f", what, (double) calls / count));
            }
        });
    }

    private static String label(String labels, String name) {
        Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(labels);
        return matcher.find() ? matcher.group(1) : "";
    }
}
