package solo.kube.fabric8;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Json;

/** An object as its tree. Of its parts fabric8 is told what its reflector works with: names, uid, resourceVersion. */
final class ObjectTree extends GenericKubernetesResource {

    private final transient Json tree;

    ObjectTree(Json tree) {
        this.tree = tree;
        Json metadata = tree.at("metadata");
        ObjectMeta meta = new ObjectMeta();
        meta.setNamespace(metadata.at("namespace").text());
        meta.setName(metadata.at("name").text());
        meta.setUid(metadata.at("uid").text());
        meta.setResourceVersion(metadata.at("resourceVersion").text());
        setMetadata(meta);
        setApiVersion(tree.at("apiVersion").text());
        setKind(tree.at("kind").text());
    }

    Json tree() {
        return tree;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectTree object && tree.equals(object.tree);
    }

    @Override
    public int hashCode() {
        return tree.hashCode();
    }
}
