package solo.kube.fabric8;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import solo.kube.model.Json;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * How fabric8 is to read what an informer gets: lists and the events of watches become trees in one go
 * ({@link ObjectTree}). fabric8's own way reads each object twice, into nodes and then into an object, and loses on the
 * way through a typed model what the model does not know; with ours the process computes a seventh less while many
 * volumes come. Only Status is needed as such, for a watch that ends with an error.
 */
final class TreeSerialization extends KubernetesSerialization {

    private final JsonMapper json;

    private TreeSerialization(JsonMapper json) {
        super(json, false);
        this.json = json;
    }

    static KubernetesSerialization create() {
        TreeSerialization trees = new TreeSerialization(JsonMapper.builder().build());
        trees.registerKubernetesResource(Status.class);
        return trees;
    }

    /** Of the types that fabric8 asks for here, the event of a watch is ours. */
    @Override
    public <T> T unmarshal(String text, Class<T> type) {
        if (type == WatchEvent.class) {
            Json event = new Json(json.readValue(text, Object.class));
            Json object = event.at("object");
            if (object.value() instanceof Map<?, ?>
                    && !"Status".equals(object.at("kind").text())) {
                return type.cast(
                        new WatchEvent(new ObjectTree(object), event.at("type").text("")));
            }
        }
        return super.unmarshal(text, type);
    }

    /** Of the types that fabric8 asks for here, the list of an informer is ours. */
    @Override
    @SuppressWarnings("unchecked")
    public <T> T unmarshal(InputStream text, TypeReference<T> type) {
        return type.getType() == GenericKubernetesResourceList.class
                ? (T) list(new Json(json.readValue(text, Object.class)))
                : super.unmarshal(text, type);
    }

    private static GenericKubernetesResourceList list(Json list) {
        Json metadata = list.at("metadata");
        ListMeta page = new ListMeta();
        page.setResourceVersion(metadata.at("resourceVersion").text());
        page.setContinue(metadata.at("continue").text());
        page.setRemainingItemCount(metadata.at("remainingItemCount").number());
        List<GenericKubernetesResource> items = new ArrayList<>();
        list.at("items").items().forEach(item -> items.add(new ObjectTree(item)));
        GenericKubernetesResourceList objects = new GenericKubernetesResourceList();
        objects.setMetadata(page);
        objects.setItems(items);
        return objects;
    }
}
