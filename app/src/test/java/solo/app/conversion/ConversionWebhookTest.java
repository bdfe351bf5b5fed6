package solo.app.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.app.HttpEndpoint;
import solo.kube.model.Json;

/** The webhook as the API server sees it: over HTTPS. */
class ConversionWebhookTest {

    private static final String REVIEW = """
        {"apiVersion": "apiextensions.k8s.io/v1", "kind": "ConversionReview", "request": {
          "uid": "u-1", "desiredAPIVersion": "groupsnapshot.storage.k8s.io/v1", "objects": [
            {"apiVersion": "groupsnapshot.storage.k8s.io/v1beta1", "kind": "VolumeGroupSnapshotContent",
             "metadata": {"name": "one"},
             "status": {"volumeSnapshotHandlePairList": [{"volumeHandle": "v", "snapshotHandle": "s"}]}},
            {"apiVersion": "groupsnapshot.storage.k8s.io/v1beta2", "kind": "VolumeGroupSnapshotContent",
             "metadata": {"name": "two"}}]}}
        """;

    private static PemFiles pem;

    @TempDir
    Path folder;

    private Path certificateFile;
    private Path keyFile;
    private HttpEndpoint webhook;

    @BeforeAll
    static void makeKeys(@TempDir Path keys) throws Exception {
        pem = PemFiles.made(keys, "EC");
    }

    @BeforeEach
    void serve() throws Exception {
        certificateFile = folder.resolve("tls.crt");
        keyFile = folder.resolve("tls.key");
        pem.writeTo(certificateFile, keyFile);
        webhook = ConversionWebhook.open(certificateFile, keyFile, 0);
    }

    @AfterEach
    void stop() {
        webhook.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + webhook.port() + path));
    }

    private HttpRequest.Builder convert(String contentType, String body) {
        return request("/convert").header("Content-Type", contentType).POST(BodyPublishers.ofString(body));
    }

    /** By a connection of its own, from a client that trusts this certificate alone. */
    private static HttpResponse<String> send(PemFiles trusted, HttpRequest.Builder request) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trusted.trusted()).build()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return send(pem, request);
    }

    private static Json json(String text) {
        return TextFormat.JSON.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_review_comes_back_with_its_uid_and_all_objects_in_their_order() throws Exception {
        HttpResponse<String> answer =
                send(convert("application/json", REVIEW).header("Accept", "application/json, */*"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(answer.body())).isEqualTo(json("""
            {"apiVersion": "apiextensions.k8s.io/v1", "kind": "ConversionReview", "response": {
              "uid": "u-1", "result": {"status": "Success"}, "convertedObjects": [
                {"apiVersion": "groupsnapshot.storage.k8s.io/v1", "kind": "VolumeGroupSnapshotContent",
                 "metadata": {"name": "one"},
                 "status": {"volumeSnapshotInfoList": [{"volumeHandle": "v", "snapshotHandle": "s"}]}},
                {"apiVersion": "groupsnapshot.storage.k8s.io/v1", "kind": "VolumeGroupSnapshotContent",
                 "metadata": {"name": "two"}}]}}
            """));
    }

    @Test
    void one_object_that_cannot_be_converted_fails_the_review_with_a_sentence() throws Exception {
        HttpResponse<String> answer = send(convert("application/json", REVIEW.replace("Content\"", "\"")));

        assertThat(answer.statusCode()).isEqualTo(200);
        Json response = json(answer.body()).at("response");
        assertThat(response.at("uid").text()).isEqualTo("u-1");
        assertThat(response.at("result", "status").text()).isEqualTo("Failure");
        assertThat(response.at("result", "message").text()).contains("'VolumeGroupSnapshot'");
        assertThat(response.at("convertedObjects").present()).isFalse();
    }

    @Test
    void yaml_is_read_and_written_too() throws Exception {
        HttpResponse<String> answer = send(convert("application/yaml", REVIEW).header("Accept", "application/yaml"));
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/yaml");
        assertThat(answer.body()).contains("uid: \"u-1\"").doesNotContain("{");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain                      | application/json | {}",
                "application/json; charset=utf-8 | application/json | {}",
                "application/json                | text/html        | {}",
                "application/json                | application/json | {",
                "application/json                | application/json | {}",
                "application/json                | application/json | {\"kind\": \"ConversionReview\", \"apiVersion\":"
                        + " \"apiextensions.k8s.io/v1beta1\"}",
                "application/json                | application/json | {\"kind\": \"ConversionReview\", \"apiVersion\":"
                        + " \"apiextensions.k8s.io/v1\"}",
            })
    void what_is_no_review_is_a_bad_request_in_one_sentence(String contentType, String accept, String body)
            throws Exception {
        HttpResponse<String> answer = send(convert(contentType, body).header("Accept", accept));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body().strip().lines()).hasSize(1);
    }

    @Test
    void readyz_says_ok_and_other_paths_are_not_found() throws Exception {
        assertThat(send(request("/readyz")).body()).isEqualTo("ok");
        assertThat(send(request("/metrics")).statusCode()).isEqualTo(404);
    }

    @Test
    void a_renewed_certificate_is_served_without_a_new_start_and_a_half_renewed_one_is_not() throws Exception {
        assertThat(send(request("/readyz")).statusCode()).isEqualTo(200);
        PemFiles renewed = PemFiles.made(folder, "RSA");

        Files.writeString(certificateFile, renewed.certificatePem());
        assertThat(send(pem, request("/readyz")).body()).isEqualTo("ok");

        Files.writeString(keyFile, renewed.keyPem());
        assertThat(send(renewed, request("/readyz")).body()).isEqualTo("ok");
        assertThatThrownBy(() -> send(pem, request("/readyz"))).isInstanceOf(SSLException.class);

        Files.delete(keyFile);
        assertThat(send(renewed, request("/readyz")).body()).isEqualTo("ok");
    }
}
