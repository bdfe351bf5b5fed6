package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.CSIStorageCapacity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.app.Role;
import solo.app.options.SoloOptions;

/** --enable-capacity, with the rights of charts/manifests and no others. */
@ExtendWith(RealCluster.class)
class CapacityIT {

    private static final String NAMESPACE = "solo-system";
    private static final String CLASS = "solo-measured";

    private final Bench bench;

    CapacityIT(Bench bench) {
        this.bench = bench;
    }

    @Test
    void an_object_comes_with_a_class_is_owned_by_the_pod_and_goes_with_the_class() {
        Pod pod = pod();
        SoloOptions options = SoloUnderTest.options(bench, Bench.freshState());
        options.kubernetes.kubeconfig = ServiceAccountKubeconfig.of(bench, "solo-controller");
        options.capacity.enabled = true;
        options.capacity.ownerRefLevel = 0;
        options.environment =
                Map.of("NAMESPACE", NAMESPACE, "POD_NAME", pod.getMetadata().getName());
        try (SoloUnderTest solo = SoloUnderTest.start(Set.of(Role.CONTROLLER, Role.NODE), options);
                Sandbox sandbox = bench.sandbox("capacity")) {
            bench.client().resource(measured()).create();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(objects()).singleElement().satisfies(object -> {
                        assertThat(object.getMetadata().getLabels())
                                .containsEntry("csi.storage.k8s.io/drivername", "local.csi.solo")
                                .containsEntry("csi.storage.k8s.io/managed-by", "external-provisioner");
                        assertThat(object.getMetadata().getOwnerReferences())
                                .singleElement()
                                .satisfies(owner -> assertThat(owner.getUid())
                                        .isEqualTo(pod.getMetadata().getUid()));
                        assertThat(object.getNodeTopology().getMatchLabels())
                                .containsValue(bench.cluster().nodeName());
                        assertThat(object.getCapacity().getNumericalAmount()).isPositive();
                    }));

            // Rights for the rest of a volume's life, too.
            sandbox.claim("data", "solo-local-immediate");
            PersistentVolume volume = sandbox.volumeOf("data");
            sandbox.deleteClaim("data");
            sandbox.awaitVolumeGone(volume.getMetadata().getName());
            assertThat(solo.volumes()).isEmpty();

            bench.client().resource(measured()).delete();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(objects()).isEmpty());
        } finally {
            bench.client().resource(measured()).delete();
            bench.client().pods().inNamespace(NAMESPACE).withGracePeriod(0).delete();
        }
    }

    private List<CSIStorageCapacity> objects() {
        return bench.client().storage().v1().csiStorageCapacities().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(object -> object.getStorageClassName().equals(CLASS))
                .toList();
    }

    private static StorageClass measured() {
        return new StorageClassBuilder()
                .withNewMetadata()
                .withName(CLASS)
                .endMetadata()
                .withProvisioner("local.csi.solo")
                .withVolumeBindingMode("WaitForFirstConsumer")
                .withReclaimPolicy("Delete")
                .build();
    }

    /** Stands for the pod that Solo would run in. */
    private Pod pod() {
        bench.client()
                .serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName("default")
                .waitUntilCondition(account -> account != null, 60, TimeUnit.SECONDS);
        return bench.client()
                .resource(Sandbox.sleeper(bench, NAMESPACE, "solo"))
                .create();
    }
}
