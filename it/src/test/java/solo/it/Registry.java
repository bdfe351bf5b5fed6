package solo.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import solo.it.cluster.Command;
import solo.it.up.Checkout;

/** A registry in memory on a free port of loopback (it/registry), for as long as it is open. Go builds it in seconds. */
record Registry(Process process, String address) implements AutoCloseable {

    static Registry start() throws IOException {
        Path program = Files.createTempDirectory("solo-it-").resolve("registry");
        new Command(
                        "building the registry",
                        List.of("nice", "go", "build", "-trimpath", "-buildvcs=false", "-o", program.toString(), "."),
                        Checkout.folder().resolve("it/registry"),
                        Map.of("CGO_ENABLED", "0"))
                .output();
        Process process = new ProcessBuilder(program.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said = process.inputReader();
        return new Registry(process, String.valueOf(said.readLine()));
    }

    /** The digest of the manifest under that tag, as who pulls it would see it. */
    String digest(String repository, String tag) throws IOException, InterruptedException {
        URI manifest = URI.create("http://" + address + "/v2/" + repository + "/manifests/" + tag);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<Void> answer = http.send(
                    HttpRequest.newBuilder(manifest)
                            .method("HEAD", BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.discarding());
            return answer.headers().firstValue("Docker-Content-Digest").orElse("none, status " + answer.statusCode());
        }
    }

    @Override
    public void close() {
        try {
            process.outputWriter().close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
