package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A namespace in which a test makes claims and pods; waits are for conditions, never for time. */
final class Sandbox implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 120;

    private final Bench bench;
    private final KubernetesClient client;
    private final String namespace;

    Sandbox(Bench bench, String namespace) {
        this.bench = bench;
        this.client = bench.client();
        this.namespace = namespace;
    }

    String namespace() {
        return namespace;
    }

    PersistentVolumeClaim claim(String name, String storageClass) {
        return client.resource(claim(name, storageClass, "16Mi")).create();
    }

    /** Of that size, to be mounted or to be used as a device ({@code Filesystem}, {@code Block}). */
    PersistentVolumeClaim claim(String name, String storageClass, String size, String volumeMode) {
        PersistentVolumeClaim claim = new PersistentVolumeClaimBuilder(claim(name, storageClass, size))
                .editSpec()
                .withVolumeMode(volumeMode)
                .endSpec()
                .build();
        return client.resource(claim).create();
    }

    /** A claim whose volume has a VolumeAttributesClass from the start. */
    PersistentVolumeClaim claimOfAttributesClass(String name, String storageClass, String attributesClass) {
        PersistentVolumeClaim claim = new PersistentVolumeClaimBuilder(claim(name, storageClass, "16Mi"))
                .editSpec()
                .withVolumeAttributesClassName(attributesClass)
                .endSpec()
                .build();
        return client.resource(claim).create();
    }

    /** A claim for a copy of another claim's volume. */
    PersistentVolumeClaim clone(String name, String storageClass, String size, String source) {
        return clone(name, storageClass, size, source, "Filesystem");
    }

    /** The same, to be mounted or to be used as a device ({@code Filesystem}, {@code Block}). */
    PersistentVolumeClaim clone(String name, String storageClass, String size, String source, String volumeMode) {
        PersistentVolumeClaim claim = new PersistentVolumeClaimBuilder(claim(name, storageClass, size))
                .editSpec()
                .withNewDataSource()
                .withKind("PersistentVolumeClaim")
                .withName(source)
                .endDataSource()
                .withVolumeMode(volumeMode)
                .endSpec()
                .build();
        return client.resource(claim).create();
    }

    private PersistentVolumeClaim claim(String name, String storageClass, String size) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withStorageClassName(storageClass)
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity(size)))
                .endResources()
                .endSpec()
                .build();
    }

    PersistentVolumeClaim awaitBound(String claim) {
        return client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(claim)
                .waitUntilCondition(
                        now -> now != null && "Bound".equals(now.getStatus().getPhase()),
                        PATIENCE_SECONDS,
                        TimeUnit.SECONDS);
    }

    /** Asks for another size, as a user edits a claim. */
    void request(String claim, String size) {
        change(claim, Map.of("spec", Map.of("resources", Map.of("requests", Map.of("storage", size)))));
    }

    /** Names another VolumeAttributesClass, as a user edits a claim. */
    void giveAttributesClass(String claim, String attributesClass) {
        change(claim, Map.of("spec", Map.of("volumeAttributesClassName", attributesClass)));
    }

    void label(String claim, Map<String, String> labels) {
        change(claim, Map.of("metadata", Map.of("labels", labels)));
    }

    /**
     * A merge patch that names no resourceVersion, as kubectl sends it: fabric8's {@code edit} names one and fails as
     * soon as a controller writes between its reading and its writing.
     */
    private void change(String claim, Map<String, ?> mergePatch) {
        client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(claim)
                .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(mergePatch));
    }

    /** Until the claim says that its volume has it. */
    void awaitAttributesClass(String claim, String attributesClass) {
        client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(claim)
                .waitUntilCondition(
                        now -> now != null
                                && attributesClass.equals(now.getStatus().getCurrentVolumeAttributesClassName()),
                        PATIENCE_SECONDS,
                        TimeUnit.SECONDS);
    }

    void awaitCapacity(String claim, String size) {
        client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(claim)
                .waitUntilCondition(
                        now -> now != null
                                && new Quantity(size)
                                        .equals(now.getStatus().getCapacity().get("storage")),
                        PATIENCE_SECONDS,
                        TimeUnit.SECONDS);
    }

    PersistentVolume volumeOf(String claim) {
        return client.persistentVolumes()
                .withName(awaitBound(claim).getSpec().getVolumeName())
                .require();
    }

    void deleteClaim(String claim) {
        client.persistentVolumeClaims().inNamespace(namespace).withName(claim).delete();
    }

    void awaitVolumeGone(String volume) {
        client.persistentVolumes()
                .withName(volume)
                .waitUntilCondition(Objects::isNull, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    PersistentVolume awaitPhase(String volume, String phase) {
        return client.persistentVolumes()
                .withName(volume)
                .waitUntilCondition(
                        now -> now != null && phase.equals(now.getStatus().getPhase()),
                        PATIENCE_SECONDS,
                        TimeUnit.SECONDS);
    }

    /** A pod that does nothing, in any namespace. */
    static Pod sleeper(Bench bench, String namespace, String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("shell")
                .withImage(bench.cluster().shellImage())
                .withImagePullPolicy("IfNotPresent")
                .withCommand("/bin/sh", "-c", "sleep 3600")
                .endContainer()
                .endSpec()
                .build();
    }

    /** A pod that runs the shell script with the claim mounted at /data. */
    void pod(String name, String claim, String script) {
        client.resource(podOf(name, claim, script)).create();
    }

    /** The same on that node and no other. */
    void podOn(String node, String name, String claim, String script) {
        client.resource(new PodBuilder(podOf(name, claim, script))
                        .editSpec()
                        .addToNodeSelector("kubernetes.io/hostname", node)
                        .endSpec()
                        .build())
                .create();
    }

    /** Waits until the scheduler has chosen a node for the pod. */
    String awaitNode(String pod) {
        return client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .waitUntilCondition(
                        now -> now != null && now.getSpec().getNodeName() != null, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .getSpec()
                .getNodeName();
    }

    /** The same with a claim for a raw block volume, which is the device /dev/data. */
    void podWithDevice(String name, String claim, String script) {
        Pod pod = new PodBuilder(podOf(name, claim, script))
                .editSpec()
                .editFirstContainer()
                .withVolumeMounts(List.of())
                .addNewVolumeDevice()
                .withName("data")
                .withDevicePath("/dev/data")
                .endVolumeDevice()
                .endContainer()
                .endSpec()
                .build();
        client.resource(pod).create();
    }

    /** The same with a volume of the pod's own, which comes and goes with it. */
    void podWithItsOwnVolume(String name, String driver, Map<String, String> attributes, String script) {
        Pod pod = new PodBuilder(podOf(name, "", script))
                .editSpec()
                .withVolumes(new VolumeBuilder()
                        .withName("data")
                        .withNewCsi()
                        .withDriver(driver)
                        .withVolumeAttributes(attributes)
                        .endCsi()
                        .build())
                .endSpec()
                .build();
        client.resource(pod).create();
    }

    private Pod podOf(String name, String claim, String script) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("shell")
                .withImage(bench.cluster().shellImage())
                .withImagePullPolicy("IfNotPresent")
                .withCommand("/bin/sh", "-c", script)
                .addNewVolumeMount()
                .withName("data")
                .withMountPath("/data")
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("data")
                .withNewPersistentVolumeClaim()
                .withClaimName(claim)
                .endPersistentVolumeClaim()
                .endVolume()
                .endSpec()
                .build();
    }

    /** Waits until the pod has ended and answers how. */
    String awaitEnd(String pod) {
        Pod ended = client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .waitUntilCondition(
                        now -> now != null
                                && ("Succeeded".equals(now.getStatus().getPhase())
                                        || "Failed".equals(now.getStatus().getPhase())),
                        PATIENCE_SECONDS,
                        TimeUnit.SECONDS);
        return ended.getStatus().getPhase();
    }

    /** Waits until the pod has written such a line, and answers what it has written. */
    String awaitWords(String pod, String words) {
        return await("\"" + words + "\" of pod " + pod)
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> words(pod), text -> text.contains(words));
    }

    /** What the pod has written; nothing as long as it does not run. */
    String words(String pod) {
        Pod now = client.pods().inNamespace(namespace).withName(pod).require();
        return "Pending".equals(now.getStatus().getPhase())
                ? ""
                : client.pods().inNamespace(namespace).withName(pod).getLog();
    }

    String phase(String pod) {
        return client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .require()
                .getStatus()
                .getPhase();
    }

    void awaitRunning(String pod) {
        client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .waitUntilCondition(
                        now -> now != null && "Running".equals(now.getStatus().getPhase()),
                        PATIENCE_SECONDS,
                        TimeUnit.SECONDS);
    }

    void deletePod(String pod) {
        var pods = client.pods().inNamespace(namespace).withName(pod);
        pods.withGracePeriod(0).delete();
        pods.waitUntilCondition(Objects::isNull, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    List<PersistentVolumeClaim> claims() {
        return client.persistentVolumeClaims().inNamespace(namespace).list().getItems();
    }

    /** All of them, and nothing of them stays on the storage. */
    void deleteClaims(SoloUnderTest solo) {
        claims().forEach(claim -> deleteClaim(claim.getMetadata().getName()));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(solo.volumes()).isEmpty());
    }

    List<Event> events(String object) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(object))
                .toList();
    }

    /** Deletes what the test made, pods first. */
    @Override
    public void close() {
        client.pods().inNamespace(namespace).withGracePeriod(0).delete();
        client.persistentVolumeClaims().inNamespace(namespace).delete();
        client.namespaces().withName(namespace).delete();
    }
}
