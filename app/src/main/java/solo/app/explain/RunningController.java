package solo.app.explain;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import solo.app.StartupProblem;
import solo.app.WaitingPage;

/** The process that really acts, as far as its {@link WaitingPage} can be reached. */
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

    /** What it says of these keys, never empty; throws one sentence if nobody answers. */
    List<String> next(List<String> keys) throws StartupProblem, InterruptedException {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(address + WaitingPage.PATH))
                            .timeout(PATIENCE)
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                return List.of("not known: " + address + " answers " + answer.statusCode() + " to " + WaitingPage.PATH
                        + "; --controller wants the --http-endpoint of a process with controllers");
            }
            String others = WaitingPage.others(answer.body());
            if (others != null) {
                return List.of("not known: " + address + " does not lead and has no queue (" + others
                        + "); ask the process that does");
            }
            List<String> lines = WaitingPage.about(keys, answer.body());
            return lines.isEmpty() ? List.of("the running controller does not wait for it") : lines;
        } catch (IOException unreachable) {
            throw new StartupProblem(
                    "--controller: " + address + " does not answer (" + unreachable
                            + "); leave the option out to decide from the cluster alone",
                    unreachable);
        }
    }
}
