package solo.kube.fabric8;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.model.Json;

/** What an HTTP status and a metav1.Status body mean for the caller. */
final class ApiFailures {

    private ApiFailures() {}

    static ApiException of(ApiRequest request, int code, @Nullable String retryAfterHeader, Json status) {
        String message = status.at("message").text("");
        String text = request + ": " + code + (message.isEmpty() ? "" : " " + message);
        return new ApiException(failure(request, code, status), text, retryAfter(retryAfterHeader, status));
    }

    private static Failure failure(ApiRequest request, int code, Json status) {
        String reason = status.at("reason").text("");
        return switch (code) {
            case 404, 410 -> Failure.NOT_FOUND;
            case 409 -> reason.equals("AlreadyExists") ? Failure.ALREADY_EXISTS : Failure.CONFLICT;
            case 422 -> failedTest(request, status) ? Failure.CONFLICT : Failure.INVALID;
            case 400, 413, 415 -> Failure.INVALID;
            case 401, 403 -> Failure.FORBIDDEN;
            case 429 -> Failure.TOO_MANY_REQUESTS;
            // 500 also comes from a webhook or from etcd after the write: it may have happened.
            default -> code >= 500 ? Failure.UNAVAILABLE : Failure.OTHER;
        };
    }

    /**
     * A JSON patch whose {@code test} fails is answered with 422 and no word about which object or field is invalid
     * (apiserver, jsonPatcher.applyJSPatch), unlike an object that fails validation.
     */
    private static boolean failedTest(ApiRequest request, Json status) {
        return request.mediaType().equals("application/json-patch+json")
                && !status.at("details", "kind").present()
                && status.at("details", "causes").items().isEmpty();
    }

    private static @Nullable Duration retryAfter(@Nullable String header, Json status) {
        if (header != null && header.chars().allMatch(Character::isDigit) && header.length() < 6 && !header.isEmpty()) {
            return Duration.ofSeconds(Integer.parseInt(header));
        }
        Long seconds = status.at("details", "retryAfterSeconds").number();
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }
}
