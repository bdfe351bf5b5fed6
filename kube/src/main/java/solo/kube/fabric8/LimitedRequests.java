package solo.kube.fabric8;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import solo.kube.AdaptiveLimit;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.TokenBucket;
import solo.kube.model.Json;

/**
 * Keeps the requests in flight within what the API server can take. Deletions go first; the lease does not come this
 * way at all. With {@code --kube-api-qps} given, a fixed rate holds as well.
 */
final class LimitedRequests implements Requests {

    private final Requests requests;
    private final AdaptiveLimit limit;
    private final @Nullable TokenBucket rate;

    LimitedRequests(Requests requests, AdaptiveLimit limit, @Nullable TokenBucket rate) {
        this.requests = requests;
        this.limit = limit;
        this.rate = rate;
    }

    @Override
    public Json send(ApiRequest request) throws ApiException {
        AdaptiveLimit.Token token = acquire(request);
        Json answer;
        try {
            answer = requests.send(request);
        } catch (ApiException e) {
            end(token, e);
            throw e;
        } catch (RuntimeException | Error e) {
            token.ignored();
            throw e;
        }
        token.success();
        return answer;
    }

    /** A watch is open for long and is no load by itself: it takes no place. */
    @Override
    public void watch(String path, Consumer<Json> onEvent) throws ApiException {
        requests.watch(path, onEvent);
    }

    private AdaptiveLimit.Token acquire(ApiRequest request) throws ApiException {
        try {
            if (rate != null) {
                Thread.sleep(rate.reserve());
            }
            return limit.acquire(request.method().equals("DELETE"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(Failure.UNAVAILABLE, request + ": interrupted before it was sent", e);
        }
    }

    private static void end(AdaptiveLimit.Token token, ApiException e) {
        Duration pause = e.retryAfter() == null ? Duration.ZERO : e.retryAfter();
        if (Thread.currentThread().isInterrupted()) {
            token.ignored();
        } else if (e.failure() == Failure.TOO_MANY_REQUESTS || e.failure() == Failure.UNAVAILABLE) {
            token.dropped(pause);
        } else {
            token.success();
        }
    }
}
