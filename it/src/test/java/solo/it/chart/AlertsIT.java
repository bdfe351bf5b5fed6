package solo.it.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.it.cluster.Command;
import solo.it.image.DebianProgram;
import solo.it.up.Checkout;

/** The chart's alert rules in Prometheus' own hands: promtool out of Debian's package. */
class AlertsIT {

    @TempDir
    private Path folder = Path.of("");

    private Path promtool = Path.of("");

    @BeforeEach
    void rules_stand_where_prometheus_looks_for_them() throws IOException {
        promtool = DebianProgram.unpacked("prometheus", "promtool", folder.resolve("prometheus"));
        List<String> groups = Files.readAllLines(Checkout.folder().resolve("charts/solo/monitoring/alerts.yaml"));
        Files.writeString(
                folder.resolve("rules.yaml"),
                "groups:\n" + String.join("\n", groups).indent(2));
    }

    @Test
    void prometheus_takes_them() {
        assertThat(promtool("check", "rules", "rules.yaml")).contains("SUCCESS: 12 rules found");
    }

    @Test
    void they_fire_for_solos_series_and_are_silent_about_others_of_the_same_names() throws IOException {
        try (InputStream resource = Objects.requireNonNull(AlertsIT.class.getResourceAsStream("/alerts-test.yaml"))) {
            Files.copy(resource, folder.resolve("alerts-test.yaml"));
        }
        String cases = Files.readString(folder.resolve("alerts-test.yaml"));
        assertThat(Files.readString(folder.resolve("rules.yaml"))
                        .lines()
                        .filter(line -> line.contains("- alert: "))
                        .map(line -> line.replaceFirst(".*: ", "")))
                .as("each of them fires once")
                .isNotEmpty()
                .allMatch(name -> cases.contains("alertname: " + name + ", exp_alerts: [{"));
        assertThat(promtool("test", "rules", "alerts-test.yaml")).contains("SUCCESS");
    }

    private String promtool(String... arguments) {
        List<String> argv = new ArrayList<>(List.of(promtool.toString()));
        argv.addAll(List.of(arguments));
        return new Command("promtool", argv, folder, Map.of()).output();
    }
}
