package solo.kube.fabric8;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;

/**
 * One request to the API server.
 *
 * @param path with query, as the server sees it
 * @param mediaType of the body
 * @param body a tree of JDK maps and lists, or null for none
 */
record ApiRequest(
        String method,
        String path,
        String mediaType,
        @Nullable Object body) {

    private static final String JSON = "application/json";

    static ApiRequest get(Resource resource, ObjectKey key) {
        return new ApiRequest("GET", object(resource, key), JSON, null);
    }

    static ApiRequest get(String path) {
        return new ApiRequest("GET", path, JSON, null);
    }

    static ApiRequest create(Resource resource, String namespace, Object body) {
        return new ApiRequest("POST", collection(resource, namespace), JSON, body);
    }

    static ApiRequest replace(Resource resource, ObjectKey key, Object body) {
        return new ApiRequest("PUT", object(resource, key), JSON, body);
    }

    static ApiRequest patch(Resource resource, ObjectKey key, Patch patch) {
        String path = object(resource, key) + (patch.status() ? "/status" : "");
        return new ApiRequest("PATCH", path, patch.type().mediaType(), patch.body());
    }

    static ApiRequest delete(Resource resource, ObjectKey key, Object options) {
        return new ApiRequest("DELETE", object(resource, key), JSON, options);
    }

    /** {@code /api/v1/…} for the core group, {@code /apis/<group>/<version>/…} for all others. */
    static String collection(Resource resource, String namespace) {
        String root = resource.group().isEmpty() ? "/api/" : "/apis/";
        String scope =
                resource.scope() == Scope.NAMESPACED && !namespace.isEmpty() ? "/namespaces/" + encode(namespace) : "";
        return root + resource.apiVersion() + scope + "/" + resource.plural();
    }

    private static String object(Resource resource, ObjectKey key) {
        return collection(resource, key.namespace()) + "/" + encode(key.name());
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** True for what only reads: it may be sent again without asking. */
    boolean safe() {
        return method.equals("GET");
    }

    /** Method and path, for messages; the body may hold anything and is never shown. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
