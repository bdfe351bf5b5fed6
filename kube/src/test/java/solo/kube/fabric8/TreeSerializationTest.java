package solo.kube.fabric8;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

class TreeSerializationTest {

    private static final String CLAIM = """
            {"apiVersion":"v1","kind":"PersistentVolumeClaim",
             "metadata":{"namespace":"ns","name":"data","uid":"u","resourceVersion":"7","labels":{"kind":"Status"},
                         "unheardOf":[1]},
             "spec":{"resources":{"requests":{"storage":"1Gi"}},"unheardOf":{"deep":true}}}""";

    private final KubernetesSerialization trees = TreeSerialization.create();

    @Test
    void an_event_keeps_all_of_its_object_also_what_no_model_knows() {
        WatchEvent event = trees.unmarshal("{\"type\":\"MODIFIED\",\"object\":" + CLAIM + "}", WatchEvent.class);
        assertThat(event.getType()).isEqualTo("MODIFIED");
        ObjectTree object = (ObjectTree) event.getObject();
        assertThat(object.tree().at("spec", "resources", "requests", "storage").text())
                .isEqualTo("1Gi");
        assertThat(object.tree().at("spec", "unheardOf").value()).isEqualTo(Map.of("deep", true));
        assertThat(object.tree().at("metadata", "unheardOf").value()).isEqualTo(List.of(1));
    }

    @Test
    void fabric8_is_told_the_names_and_the_version() {
        WatchEvent event = trees.unmarshal("{\"type\":\"ADDED\",\"object\":" + CLAIM + "}", WatchEvent.class);
        ObjectTree object = (ObjectTree) event.getObject();
        assertThat(object.getKind()).isEqualTo("PersistentVolumeClaim");
        assertThat(object.getMetadata())
                .extracting("namespace", "name", "uid", "resourceVersion")
                .containsExactly("ns", "data", "u", "7");
    }

    @Test
    void a_bookmark_has_a_version_and_no_name() {
        WatchEvent event = trees.unmarshal("""
                {"type":"BOOKMARK","object":{"kind":"Secret","metadata":{"resourceVersion":"9"}}}""", WatchEvent.class);
        assertThat(((ObjectTree) event.getObject()).getMetadata().getResourceVersion())
                .isEqualTo("9");
    }

    @Test
    void an_error_is_a_status_by_whose_code_fabric8_lists_again() {
        WatchEvent event = trees.unmarshal("""
                {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure","code":410,
                 "reason":"Expired","message":"too old resource version"}}""", WatchEvent.class);
        assertThat(event.getObject())
                .isInstanceOfSatisfying(
                        Status.class, status -> assertThat(status.getCode()).isEqualTo(410));
    }

    @Test
    void a_page_of_a_list_tells_where_the_next_one_begins() {
        GenericKubernetesResourceList page = trees.unmarshal(
                new ByteArrayInputStream(("""
                        {"kind":"PersistentVolumeClaimList","apiVersion":"v1",
                         "metadata":{"resourceVersion":"12","continue":"here","remainingItemCount":3},
                         "items":[""" + CLAIM + "]}").getBytes(UTF_8)),
                new TypeReference<GenericKubernetesResourceList>() {});
        assertThat(page.getMetadata())
                .extracting("resourceVersion", "continue", "remainingItemCount")
                .containsExactly("12", "here", 3L);
        assertThat(page.getItems())
                .singleElement()
                .isInstanceOfSatisfying(
                        ObjectTree.class,
                        object -> assertThat(
                                        object.tree().at("metadata", "name").text())
                                .isEqualTo("data"));
    }
}
