package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.app.Role;
import solo.app.options.SoloOptions;
import solo.it.up.Manifests;

/** A claim that is restored from another namespace's snapshot, once that namespace allows it by a ReferenceGrant. */
@ExtendWith(RealCluster.class)
class CrossNamespaceIT {

    private static final String CLASS = "solo-local-immediate";
    private static final String GRANTS = "gateway.networking.k8s.io";
    private static final String SNAPSHOTS = "snapshot.storage.k8s.io";

    private final Bench bench;

    CrossNamespaceIT(Bench bench) {
        this.bench = bench;
    }

    @BeforeAll
    static void grants_are_served(Bench bench) {
        HasMetadata crd = RightsStage.grants();
        bench.client().resource(crd).fieldManager("solo-it").forceConflicts().serverSideApply();
        bench.client()
                .resources(CustomResourceDefinition.class)
                .withName(crd.getMetadata().getName())
                .waitUntilCondition(now -> now != null && Manifests.served(now), 60, TimeUnit.SECONDS);
    }

    @AfterAll
    static void nor_are_they_any_more(Bench bench) {
        var crd = bench.client().resource(RightsStage.grants());
        crd.delete();
        // One that is on its way out cannot be had again by the next test.
        crd.waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
    }

    @Test
    void a_claim_waits_for_the_grant_and_then_has_the_data_of_the_other_namespace() {
        try (SoloUnderTest solo = start();
                Sandbox theirs = bench.sandbox("cross-from");
                Sandbox ours = bench.sandbox("cross-to")) {
            Snapshots snapshots = new Snapshots(bench, theirs);
            theirs.claim("source", CLASS);
            theirs.pod("writer", "source", "echo theirs > /data/file");
            assertThat(theirs.awaitEnd("writer")).isEqualTo("Succeeded");
            snapshots.take("snap", "source", null);
            snapshots.awaitReady("snap");

            PersistentVolumeClaim wish = restore(ours.namespace(), theirs.namespace());
            assumeThat(wish.getSpec().getDataSourceRef().getNamespace())
                    .as("the API server's gate CrossNamespaceVolumeDataSource is on")
                    .isEqualTo(theirs.namespace());
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(ours.events("copy"))
                            .anyMatch(event -> event.getMessage()
                                    .contains("no ReferenceGrant in namespace " + theirs.namespace())));
            assertThat(solo.volumes()).hasSize(1);

            grant(theirs.namespace(), ours.namespace());
            ours.pod("reader", "copy", "[ \"$(cat /data/file)\" = theirs ]");
            assertThat(ours.awaitEnd("reader")).isEqualTo("Succeeded");

            snapshots.delete("snap");
            snapshots.awaitGone("snap");
            assertThat(solo.snapshots()).isEmpty();
        }
    }

    private SoloUnderTest start() {
        SoloOptions options = SoloUnderTest.withSnapshots(bench);
        options.shared.featureGates = List.of("CrossNamespaceVolumeDataSource=true");
        return SoloUnderTest.start(Set.of(Role.CONTROLLER, Role.NODE), options).registered();
    }

    private PersistentVolumeClaim restore(String namespace, String from) {
        return bench.client()
                .resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("copy")
                        .endMetadata()
                        .withNewSpec()
                        .withStorageClassName(CLASS)
                        .withAccessModes("ReadWriteOnce")
                        .withNewDataSourceRef(SNAPSHOTS, "VolumeSnapshot", "snap", from)
                        .withNewResources()
                        .withRequests(Map.of("storage", new Quantity("16Mi")))
                        .endResources()
                        .endSpec()
                        .build())
                .create();
    }

    private void grant(String namespace, String to) {
        GenericKubernetesResource grant = new GenericKubernetesResourceBuilder()
                .withApiVersion(GRANTS + "/v1beta1")
                .withKind("ReferenceGrant")
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("restores")
                .endMetadata()
                .build();
        grant.setAdditionalProperty(
                "spec",
                Map.of(
                        "from", List.of(Map.of("group", "", "kind", "PersistentVolumeClaim", "namespace", to)),
                        "to", List.of(Map.of("group", SNAPSHOTS, "kind", "VolumeSnapshot", "name", "snap"))));
        bench.client()
                .genericKubernetesResources(new ResourceDefinitionContext.Builder()
                        .withGroup(GRANTS)
                        .withVersion("v1beta1")
                        .withKind("ReferenceGrant")
                        .withPlural("referencegrants")
                        .withNamespaced(true)
                        .build())
                .resource(grant)
                .create();
    }
}
