package solo.it.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Many requests at once, as bare text, so that the processors are left to what is measured. */
final class Burst {

    private static final int AT_ONCE = 16;

    /** One request; {@code type} is its content type. */
    record Call(String method, String path, String type, String body) {
        static Call create(String path, String body) {
            return new Call("POST", path, "application/json", body);
        }

        static Call delete(String path) {
            return new Call("DELETE", path, "application/json", "{}");
        }

        static Call merge(String path, String body) {
            return new Call("PATCH", path, "application/merge-patch+json", body);
        }
    }

    private Burst() {}

    /** Returns when all are answered; one that is refused ends the bench. */
    static void send(KubernetesClient client, List<Call> calls) {
        HttpClient http = client.getHttpClient();
        String server = client.getMasterUrl().toString().replaceFirst("/$", "");
        try (ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Call call : calls) {
                HttpRequest request = http.newHttpRequestBuilder()
                        .uri(server + call.path())
                        .method(call.method(), call.type(), call.body())
                        .build();
                senders.execute(() ->
                        granted(call, http.sendAsync(request, byte[].class).join()));
            }
        }
    }

    private static void granted(Call call, HttpResponse<byte[]> answer) {
        if (!answer.isSuccessful()) {
            throw new IllegalStateException(
                    call.method() + " " + call.path() + " was refused: " + answer.code() + " " + answer.message());
        }
    }

    /** A line of the table that a bench prints. */
    static String rate(String what, int count, long start, long end) {
        double seconds = (end - start) / 1e9;
        return String.format(
                Locale.ROOT, "%-50s %5d in %6.2f s = %6.1f a second", what, count, seconds, count / seconds);
    }
}
