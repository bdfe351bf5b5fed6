package solo.kube.fabric8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.model.Json;

/** One Lease as the API server keeps it, with resourceVersions and conflicts; may be out of reach. */
final class FakeLease implements Requests {

    private final List<String> methods = new ArrayList<>();
    private @Nullable Map<String, Object> lease;
    private int version = 100;
    private boolean reachable = true;
    private boolean held;

    @Override
    public synchronized Json send(ApiRequest request) throws ApiException {
        methods.add(request.method());
        awaitGo();
        if (!reachable) {
            throw new ApiException(Failure.UNAVAILABLE, "no route to host");
        }
        return switch (request.method()) {
            case "GET" -> new Json(there());
            case "POST" -> {
                if (lease != null) {
                    throw new ApiException(Failure.ALREADY_EXISTS, "there is one");
                }
                yield store(request.body());
            }
            case "PUT" -> {
                String seen = new Json(request.body())
                        .at("metadata", "resourceVersion")
                        .text("");
                if (!seen.equals(
                        new Json(there()).at("metadata", "resourceVersion").text(""))) {
                    throw new ApiException(Failure.CONFLICT, "it has been modified");
                }
                yield store(request.body());
            }
            default -> throw new ApiException(Failure.OTHER, request.method());
        };
    }

    @Override
    public void watch(String path, Consumer<Json> onEvent) {
        // Tests tell the election what happens.
    }

    /** From now on requests wait. */
    synchronized void hold() {
        held = true;
    }

    synchronized void letGo() {
        held = false;
        notifyAll();
    }

    private synchronized void awaitGo() throws ApiException {
        try {
            while (held) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new ApiException(Failure.UNAVAILABLE, "interrupted", e);
        }
    }

    synchronized void reachable(boolean now) {
        reachable = now;
    }

    synchronized void remove() {
        lease = null;
    }

    /** What the watch would tell now. */
    synchronized Json event() {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", lease == null ? "DELETED" : "MODIFIED");
        event.put("object", lease == null ? Map.of() : lease);
        return new Json(event);
    }

    synchronized Json lease() {
        return new Json(lease);
    }

    synchronized String holder() {
        return new Json(lease).at("spec", "holderIdentity").text("none");
    }

    /** The requests since the last call. */
    synchronized List<String> methods() {
        List<String> since = List.copyOf(methods);
        methods.clear();
        return since;
    }

    private Map<String, Object> there() throws ApiException {
        if (lease == null) {
            throw new ApiException(Failure.NOT_FOUND, "no such lease");
        }
        return lease;
    }

    @SuppressWarnings("unchecked")
    private Json store(@Nullable Object body) {
        Map<String, Object> stored = new LinkedHashMap<>((Map<String, Object>) (body == null ? Map.of() : body));
        Map<String, Object> metadata =
                new LinkedHashMap<>((Map<String, Object>) stored.getOrDefault("metadata", Map.of()));
        metadata.put("resourceVersion", "" + ++version);
        stored.put("metadata", metadata);
        lease = stored;
        return new Json(stored);
    }
}
