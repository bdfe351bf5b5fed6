package solo.it.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrdPlanTest {

    private static final String NAME = "volumesnapshots.snapshot.storage.k8s.io";

    @ParameterizedTest
    @MethodSource("ours")
    void each_of_ours_is_made_where_there_is_none_and_is_as_good_as_upstreams(CustomResourceDefinition ours) {
        assertThat(CrdPlan.of(ours, null)).isEqualTo(new CrdPlan.Make());
        assertThat(CrdPlan.of(ours, ours)).isEqualTo(new CrdPlan.Leave());
    }

    @Test
    void one_that_serves_v1_is_left_alone_whatever_else_it_serves_or_does_not() {
        assertThat(CrdPlan.of(crd("v1", "v1beta1"), crd("v1"))).isEqualTo(new CrdPlan.Leave());
        assertThat(CrdPlan.of(crd("v1"), crd("v1beta1", "v1", "v2"))).isEqualTo(new CrdPlan.Leave());
    }

    @Test
    void one_without_v1_is_refused_in_a_sentence_that_names_it() {
        assertThat(CrdPlan.of(crd("v1"), crd("v1alpha1", "v1beta1")))
                .isEqualTo(
                        new CrdPlan.Refuse("the cluster's CRD " + NAME + " does not serve version v1, which Solo needs,"
                                + " but v1alpha1 and v1beta1 only; update it from where it came, or delete it if no object of its"
                                + " kind is needed any more, then start again"));
    }

    @Test
    void a_version_that_is_there_but_not_served_is_not_there() {
        CustomResourceDefinition switchedOff = new CustomResourceDefinitionBuilder(crd("v1"))
                .editSpec()
                .editFirstVersion()
                .withServed(false)
                .endVersion()
                .endSpec()
                .build();
        assertThat(CrdPlan.of(crd("v1"), switchedOff))
                .isInstanceOfSatisfying(
                        CrdPlan.Refuse.class,
                        refuse -> assertThat(refuse.sentence()).contains("needs, but none; update it"));
    }

    private static CustomResourceDefinition crd(String... versions) {
        var crd = new CustomResourceDefinitionBuilder()
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .withNewSpec();
        for (String version : versions) {
            crd = crd.addNewVersion().withName(version).withServed(true).endVersion();
        }
        return crd.endSpec().build();
    }

    private static List<CustomResourceDefinition> ours() throws IOException {
        KubernetesSerialization yaml = new KubernetesSerialization();
        try (Stream<Path> files = Files.list(Checkout.folder().resolve("charts/crds"))) {
            return files.sorted().map(file -> read(yaml, file)).toList();
        }
    }

    private static CustomResourceDefinition read(KubernetesSerialization yaml, Path file) {
        try {
            return yaml.unmarshal(Files.readString(file), CustomResourceDefinition.class);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
