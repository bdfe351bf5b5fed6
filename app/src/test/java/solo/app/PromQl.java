package solo.app;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a query of Prometheus names: metrics, and labels of them. Not a parser: enough for queries without subqueries. */
final class PromQl {

    private static final Pattern TEXT = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|on|without|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    /** A name that is not a function's, with its selector if there is one. */
    private static final Pattern SERIES = Pattern.compile("\\b([a-zA-Z_:][\\w:]*)\\b(?!\\s*\\()(?:\\s*\\{([^}]*)\\})?");

    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

    /** What Prometheus adds to every series. */
    private static final Set<String> OF_THE_SCRAPE = Set.of("namespace", "job", "instance", "pod");

    private PromQl() {}

    /**
     * Names in a query that nobody serves.
     *
     * @param served metrics with their labels
     */
    static Set<String> strangers(String query, Map<String, Set<String>> served) {
        Set<String> strangers = new TreeSet<>();
        String bare = RANGE.matcher(TEXT.matcher(query).replaceAll("\"\"")).replaceAll("");
        Set<String> known = new TreeSet<>(OF_THE_SCRAPE);
        SERIES.matcher(GROUPING.matcher(bare).replaceAll(""))
                .results()
                .filter(found -> !WORDS.contains(found.group(1)))
                .forEach(found -> {
                    Set<String> labels = served.get(found.group(1));
                    if (labels == null) {
                        strangers.add(found.group(1));
                        return;
                    }
                    known.addAll(labels);
                    labels(found.group(2))
                            .filter(label -> !labels.contains(label) && !OF_THE_SCRAPE.contains(label))
                            .forEach(label -> strangers.add(found.group(1) + "{" + label + "}"));
                });
        grouped(bare).stream().filter(label -> !known.contains(label)).forEach(strangers::add);
        return strangers;
    }

    private static Stream<String> labels(@Nullable String selector) {
        return selector == null
                ? Stream.of()
                : LABEL.matcher(selector).results().map(found -> found.group(1));
    }

    private static List<String> grouped(String query) {
        return GROUPING.matcher(query)
                .results()
                .flatMap(found -> Arrays.stream(found.group(1).split(",", -1)))
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .toList();
    }
}
