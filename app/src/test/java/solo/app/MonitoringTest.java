package solo.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.core.metrics.StatefulMetric;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.app.options.ControllerChoice;
import solo.app.options.SoloOptions;

/** The chart's alerts and dashboard, and docs/monitoring.md, speak of the metrics that Solo serves and of no others. */
class MonitoringTest {

    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final Path ALERTS = CHECKOUT.resolve("charts/solo/monitoring/alerts.yaml");
    private static final Path DASHBOARD = CHECKOUT.resolve("charts/solo/monitoring/dashboard.json");

    private static final Pattern ALERT = Pattern.compile("(?s)- alert: (\\w+)\n(.*?)(?=- alert: |\\z)");
    private static final Pattern RULE = Pattern.compile("(?s) expr: (?:\\|\n)?(.*?)\n +(?:for|labels):");
    private static final Pattern SHOWN = Pattern.compile("\\$labels\\.(\\w+)");
    private static final Pattern QUERY = Pattern.compile("\"expr\": \"((?:\\\\.|[^\"\\\\])*)\"");
    private static final Pattern METRIC_ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| ([^|]*) \\|");
    private static final Pattern ALERT_ROW = Pattern.compile("(?m)^\\| `(Solo\\w+)` \\|");
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");

    /** As Prometheus has them: a histogram is three. */
    private static final Map<String, Set<String>> SERIES = new TreeMap<>(Map.of("up", Set.of()));

    /** As the page lists them: a histogram is one. */
    private static final Map<String, Set<String>> METRICS = new TreeMap<>();

    @BeforeAll
    static void both_halves_are_started_with_everything_switched_on(@TempDir Path folder) throws Exception {
        List<Collector> collectors = new CopyOnWriteArrayList<>();
        PrometheusRegistry registry = new PrometheusRegistry() {
            @Override
            public void register(Collector collector) {
                super.register(collector);
                collectors.add(collector);
            }
        };
        try (BareApiServer server = new BareApiServer(null, "snapshot.storage.k8s.io")) {
            SoloOptions options = new SoloOptions();
            options.environment = Map.of("NAMESPACE", "solo-system");
            options.kubernetes.kubeconfig = server.kubeconfig(folder);
            options.driver.stateDir = folder;
            options.driver.nodeId = "node-1";
            options.node.kubeletDir = folder.resolve("kubelet");
            options.election.enabled = true;
            options.capacity.enabled = true;
            options.capacity.ownerRefLevel = -1;
            options.controllers.choice = ControllerChoice.parse("*,snapshot-controller,healthmonitor");
            try (SoloProcess _ = SoloProcess.start(Set.of(Role.CONTROLLER, Role.NODE), options, registry)) {
                collectors.forEach(MonitoringTest::beginOneSeries);
                registry.scrape().forEach(MonitoringTest::served);
            }
        }
        // Nothing waits here; ControllerRuntimeTest shows its labels.
        Set<String> ofWaiting = Set.of("controller", "reason", "actor");
        SERIES.put("solo_waiting", ofWaiting);
        METRICS.put("solo_waiting", ofWaiting);
    }

    @Test
    void the_alerts_ask_for_metrics_and_labels_that_are_served() throws IOException {
        for (MatchResult alert : alerts()) {
            String query = RULE.matcher(alert.group(2))
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group(1);
            assertThat(PromQl.strangers(query, SERIES)).as(alert.group(1)).isEmpty();
            String shown = SHOWN.matcher(alert.group(2))
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.joining(", "));
            assertThat(PromQl.strangers("sum by (" + shown + ") (" + query + ")", SERIES))
                    .as("what " + alert.group(1) + " shows")
                    .isEmpty();
        }
    }

    @Test
    void the_dashboard_asks_for_metrics_and_labels_that_are_served() throws IOException {
        List<String> queries = QUERY.matcher(Files.readString(DASHBOARD))
                .results()
                .map(found -> found.group(1).replace("\\\"", "\""))
                .toList();
        assertThat(queries)
                .hasSizeGreaterThan(20)
                .allSatisfy(query ->
                        assertThat(PromQl.strangers(query, SERIES)).as(query).isEmpty());
    }

    @Test
    void the_page_lists_every_metric_with_its_labels_and_no_other() throws IOException {
        Map<String, Set<String>> listed = new TreeMap<>();
        METRIC_ROW
                .matcher(page())
                .results()
                .forEach(row -> listed.put(
                        row.group(1),
                        WORD.matcher(row.group(2))
                                .results()
                                .map(found -> found.group(1))
                                .collect(Collectors.toCollection(TreeSet::new))));
        Map<String, Set<String>> own = new TreeMap<>(METRICS);
        own.keySet().removeIf(name -> name.startsWith("jvm_") || name.startsWith("process_"));
        assertThat(listed).isEqualTo(own);
    }

    @Test
    void each_alert_has_a_row_that_says_what_to_do() throws IOException {
        assertThat(ALERT_ROW.matcher(page()).results().map(row -> row.group(1)))
                .containsExactlyElementsOf(
                        alerts().stream().map(alert -> alert.group(1)).toList());
    }

    @Test
    void a_misspelt_metric_or_label_would_be_found() {
        assertThat(PromQl.strangers("sum by (reason) (rate(solo_wating{reason=\"up\"}[5m])) > 0", SERIES))
                .containsExactly("reason", "solo_wating");
        assertThat(PromQl.strangers("sum by (why) (solo_waiting{akteur=~\"a|b\"}) and on (job) up == 0", SERIES))
                .containsExactly("solo_waiting{akteur}", "why");
        assertThat(PromQl.strangers("histogram_quantile(0.9, sum by (le) (csi_sidecar_operations_seconds))", SERIES))
                .contains("csi_sidecar_operations_seconds");
    }

    private static List<MatchResult> alerts() throws IOException {
        List<MatchResult> alerts =
                ALERT.matcher(Files.readString(ALERTS)).results().toList();
        assertThat(alerts).isNotEmpty();
        return alerts;
    }

    private static String page() throws IOException {
        return Files.readString(CHECKOUT.resolve("docs/monitoring.md"));
    }

    /** What counts by labels has no series before something happens. */
    private static void beginOneSeries(Collector collector) {
        if (collector instanceof StatefulMetric<?, ?> metric) {
            int labels = 1;
            while (labels <= 5 && !begins(metric, labels)) {
                labels++;
            }
        }
    }

    private static boolean begins(StatefulMetric<?, ?> metric, int labels) {
        try {
            metric.initLabelValues(Stream.generate(() -> "x").limit(labels).toArray(String[]::new));
            return true;
        } catch (IllegalArgumentException | IllegalStateException anotherNumber) {
            return false;
        }
    }

    private static void served(MetricSnapshot snapshot) {
        String name = snapshot.getMetadata().getPrometheusName();
        List<String> labels = snapshot.getDataPoints().stream()
                .flatMap(point -> point.getLabels().stream())
                .map(Label::getName)
                .distinct()
                .toList();
        switch (snapshot) {
            case CounterSnapshot _ -> add(name + "_total", labels);
            case InfoSnapshot _ -> add(name + "_info", labels);
            case HistogramSnapshot _ -> addParts(name, labels, "_bucket", "le");
            case SummarySnapshot _ -> addParts(name, labels, "", "quantile");
            default -> add(name, labels);
        }
    }

    private static void add(String name, List<String> labels) {
        METRICS.put(name, Set.copyOf(labels));
        SERIES.put(name, Set.copyOf(labels));
    }

    private static void addParts(String name, List<String> labels, String part, String label) {
        METRICS.put(name, Set.copyOf(labels));
        SERIES.put(name + "_sum", Set.copyOf(labels));
        SERIES.put(name + "_count", Set.copyOf(labels));
        List<String> ofPart = new ArrayList<>(labels);
        ofPart.add(label);
        SERIES.put(name + part, Set.copyOf(ofPart));
    }
}
