package solo.app;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solo.app.HttpEndpoint.Answer;
import solo.kube.WaitingKey;

/** {@code /debug/waiting}: one key a line, for people with curl and for {@code solo explain}. */
public final class WaitingPage {

    public static final String PATH = "/debug/waiting";

    private static final String NOT_LEADING = "does not lead: ";

    private WaitingPage() {}

    /**
     * What waits, for what, who must act, and when it is tried again.
     *
     * @param others who holds the lease; null if this process leads. Who does not lead has no queue, and says so rather
     *     than that nothing waits.
     */
    public static Answer of(List<WaitingKey> waiting, @Nullable String others) {
        if (others != null) {
            return new Answer(200, NOT_LEADING + others + '\n');
        }
        StringBuilder lines = new StringBuilder();
        for (WaitingKey one : waiting) {
            lines.append("%s %s: %s: %s (%s must act; since %s, %d attempts, %s)\n"
                    .formatted(
                            one.controller(),
                            one.key(),
                            one.reason().code(),
                            one.reason().message().replace('\n', ' '),
                            one.reason().actor(),
                            one.since(),
                            one.attempts(),
                            one.next() == null ? "again on a change" : "again at " + one.next()));
        }
        return new Answer(200, waiting.isEmpty() ? "nothing waits\n" : lines.toString());
    }

    /** Who holds the lease, in the page's words, if the process that wrote it does not lead; else null. */
    public static @Nullable String others(String page) {
        return page.startsWith(NOT_LEADING)
                ? page.substring(NOT_LEADING.length()).strip()
                : null;
    }

    /** The lines about exactly these keys: {@code default/data} is not {@code default/data-2}. */
    public static List<String> about(Collection<String> keys, String page) {
        Set<String> wanted = Set.copyOf(keys);
        return page.lines().filter(line -> wanted.contains(keyOf(line))).toList();
    }

    /** Between the controller's name and the reason; neither names nor keys have spaces. */
    private static String keyOf(String line) {
        int begin = line.indexOf(' ') + 1;
        int end = line.indexOf(": ", begin);
        return end < 0 ? "" : line.substring(begin, end);
    }
}
