package solo.kube.fabric8;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.model.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests over fabric8's HTTP client (its TLS, tokens and connection), without what its typed calls add: one call is
 * one request, a JSON tree goes in and out. Only reads are sent a second time, when the connection broke.
 */
final class ApiRequests implements Requests {

    private final HttpClient http;
    private final URI master;
    private final Duration timeout;
    private final JsonMapper json = JsonMapper.builder().build();

    ApiRequests(HttpClient http, URI master, Duration timeout) {
        this.http = http;
        this.master = master;
        this.timeout = timeout;
    }

    @Override
    public Json send(ApiRequest request) throws ApiException {
        try {
            return once(request);
        } catch (ApiException e) {
            if (request.safe() && e.getCause() instanceof IOException) {
                return once(request);
            }
            throw e;
        }
    }

    private Json once(ApiRequest request) throws ApiException {
        HttpRequest.Builder builder = http.newHttpRequestBuilder()
                .uri(uri(request.path()))
                .header("Accept", "application/json")
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (request.body() == null) {
            builder.method(request.method(), null, (String) null);
        } else {
            builder.method(request.method(), request.mediaType(), json.writeValueAsString(request.body()));
        }
        HttpResponse<byte[]> response = await(http.sendAsync(builder.build(), byte[].class), request);
        Json answer = parse(response.body());
        if (!response.isSuccessful()) {
            throw ApiFailures.of(request, response.code(), response.header("Retry-After"), answer);
        }
        return answer;
    }

    @Override
    public void watch(String path, Consumer<Json> onEvent) throws ApiException {
        ApiRequest request = ApiRequest.get(path);
        HttpRequest streaming = http.newHttpRequestBuilder()
                .uri(uri(path))
                .header("Accept", "application/json")
                .forStreaming()
                .build();
        HttpResponse<InputStream> response = await(http.sendAsync(streaming, InputStream.class), request);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            if (!response.isSuccessful()) {
                Json status = parse(lines.lines().reduce("", String::concat).getBytes(StandardCharsets.UTF_8));
                throw ApiFailures.of(request, response.code(), response.header("Retry-After"), status);
            }
            String line = lines.readLine();
            while (line != null) {
                onEvent.accept(parse(line.getBytes(StandardCharsets.UTF_8)));
                line = lines.readLine();
            }
        } catch (IOException e) {
            throw new ApiException(Failure.UNAVAILABLE, request + ": the watch broke: " + e.getMessage(), e);
        }
    }

    private <T> T await(CompletableFuture<T> answer, ApiRequest request) throws ApiException {
        try {
            return answer.get(timeout.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new ApiException(Failure.UNAVAILABLE, request + ": interrupted before the answer came", e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new ApiException(
                    Failure.UNAVAILABLE, request + ": no answer within " + timeout.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ApiException(Failure.UNAVAILABLE, request + ": no answer: " + cause, cause);
        }
    }

    private URI uri(String path) {
        String base = master.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    private Json parse(byte[] body) {
        try {
            return new Json(body.length == 0 ? Map.of() : json.readValue(body, Object.class));
        } catch (JacksonException e) {
            // A proxy in between may answer with anything.
            return new Json(Map.of("message", "the answer is no JSON"));
        }
    }
}
