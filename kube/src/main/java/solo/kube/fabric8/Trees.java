package solo.kube.fabric8;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import tools.jackson.databind.json.JsonMapper;

/** How fabric8 is to read what the server sends. */
final class Trees {

    private Trees() {}

    /**
     * Every object becomes a tree and no model class is loaded, so nothing is lost on the way through a typed model; only
     * Status is needed as such, for a watch that ends with an error.
     */
    static KubernetesSerialization serialization() {
        KubernetesSerialization trees =
                new KubernetesSerialization(JsonMapper.builder().build(), false);
        trees.registerKubernetesResource(Status.class);
        return trees;
    }
}
