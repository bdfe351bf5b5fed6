package solo.kube.fabric8;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.Kind;
import solo.kube.RecordStore;
import solo.kube.Writes;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;
import solo.kube.model.Projected;

/** Writes straight to the API server; each answer is pinned in the kind's store before the caller sees it. */
final class ApiWrites implements Writes {

    private final Requests requests;
    private final InformedCluster cluster;

    ApiWrites(Requests requests, InformedCluster cluster) {
        this.requests = requests;
        this.cluster = cluster;
    }

    @Override
    public <R extends Projected> R create(Kind<R> kind, Map<String, ?> object) throws ApiException {
        Map<String, @Nullable Object> whole = new LinkedHashMap<>();
        whole.put("apiVersion", kind.resource().apiVersion());
        whole.put("kind", kind.resource().kind());
        whole.putAll(object);
        String namespace = new Json(object).at("metadata", "namespace").text("");
        return pinned(kind, requests.send(ApiRequest.create(kind.resource(), namespace, whole)));
    }

    @Override
    public <R extends Projected> R patch(Kind<R> kind, ObjectKey key, Patch patch) throws ApiException {
        return pinned(kind, requests.send(ApiRequest.patch(kind.resource(), key, patch)));
    }

    @Override
    public <R extends Projected> void delete(Kind<R> kind, ObjectKey key, String uid) throws ApiException {
        Map<String, Object> options =
                Map.of("apiVersion", "v1", "kind", "DeleteOptions", "preconditions", Map.of("uid", uid));
        Json answer = requests.send(ApiRequest.delete(kind.resource(), key, options));
        RecordStore<R> store = cluster.storeIfAny(kind);
        if (store == null) {
            return;
        }
        // A Status or an object without anything to wait for means gone; else it stays with a deletionTimestamp.
        boolean stays = answer.at("kind").text("").equals(kind.resource().kind())
                && answer.at("metadata", "deletionTimestamp").present()
                && (!answer.at("metadata", "finalizers").items().isEmpty() || graceful(answer));
        if (stays) {
            store.wrote(kind.projection().apply(answer));
        } else {
            store.deleted(key, uid);
        }
    }

    private static boolean graceful(Json object) {
        Long seconds = object.at("metadata", "deletionGracePeriodSeconds").number();
        return seconds != null && seconds > 0;
    }

    private <R extends Projected> R pinned(Kind<R> kind, Json object) {
        R record = kind.projection().apply(object);
        RecordStore<R> store = cluster.storeIfAny(kind);
        if (store != null) {
            store.wrote(record);
        }
        return record;
    }
}
