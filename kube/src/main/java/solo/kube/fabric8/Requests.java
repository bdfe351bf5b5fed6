package solo.kube.fabric8;

import java.util.function.Consumer;
import solo.kube.ApiException;
import solo.kube.model.Json;

/** Sends one request to the API server and waits for its answer. */
interface Requests {

    Json send(ApiRequest request) throws ApiException;

    /**
     * Follows a watch, calling {@code onEvent} with each event's tree ({@code type}, {@code object}), until the server
     * ends it or this thread is interrupted.
     */
    void watch(String path, Consumer<Json> onEvent) throws ApiException;
}
