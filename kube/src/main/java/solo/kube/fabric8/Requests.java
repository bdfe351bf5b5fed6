package solo.kube.fabric8;

import solo.kube.ApiException;
import solo.kube.model.Json;

/** Sends one request to the API server and waits for its answer. */
interface Requests {
    Json send(ApiRequest request) throws ApiException;
}
