package solo.app.explain;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import solo.app.StartupProblem;

/** The process that really acts, as far as its {@code /debug/waiting} can be reached. */
record RunningController(URI address) {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    static RunningController at(String url) throws StartupProblem {
        try {
            URI address = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
            if (!"http".equals(address.getScheme()) || address.getHost() == null) {
                throw new IllegalArgumentException("not http://HOST:PORT");
            }
            return new RunningController(address);
        } catch (IllegalArgumentException wrong) {
            throw new StartupProblem(
                    "--controller: '" + url + "' is no address; write http://127.0.0.1:8080, the controller's"
                            + " --http-endpoint",
                    wrong);
        }
    }

    /** Its lines about these uids or keys; throws one sentence if it does not answer. */
    List<String> waiting(List<String> names) throws StartupProblem, InterruptedException {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(address + "/debug/waiting"))
                            .timeout(PATIENCE)
                            .build(),
                    BodyHandlers.ofString());
            return answer.body()
                    .lines()
                    .filter(line -> names.stream().anyMatch(line::contains))
                    .toList();
        } catch (IOException unreachable) {
            throw new StartupProblem(
                    "--controller: " + address + " does not answer (" + unreachable
                            + "); leave the option out to decide from the cluster alone",
                    unreachable);
        }
    }
}
