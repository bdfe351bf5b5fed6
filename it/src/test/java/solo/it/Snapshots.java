package solo.it;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Json;

/** VolumeSnapshots of a test's namespace, and the contents that are made for them. */
final class Snapshots {
    private static final int PATIENCE_SECONDS = 120;
    private static final String GROUP = "snapshot.storage.k8s.io";

    private final Bench bench;
    private final Sandbox sandbox;

    Snapshots(Bench bench, Sandbox sandbox) {
        this.bench = bench;
        this.sandbox = sandbox;
    }

    /** {@code className} null asks for the default. */
    void take(String name, String claim, @Nullable String className) {
        Map<String, Object> source = Map.of("persistentVolumeClaimName", claim);
        create(
                name,
                className == null
                        ? Map.of("source", source)
                        : Map.of("source", source, "volumeSnapshotClassName", className));
    }

    /** Binds to a content that is there already. */
    void importing(String name, String content) {
        create(name, Map.of("source", Map.of("volumeSnapshotContentName", content)));
    }

    private void create(String name, Map<String, Object> spec) {
        GenericKubernetesResource snapshot = new GenericKubernetesResourceBuilder()
                .withApiVersion(GROUP + "/v1")
                .withKind("VolumeSnapshot")
                .withNewMetadata()
                .withNamespace(sandbox.namespace())
                .withName(name)
                .endMetadata()
                .build();
        snapshot.setAdditionalProperty("spec", spec);
        operation("VolumeSnapshot", "volumesnapshots", true).resource(snapshot).create();
    }

    /** A content for a snapshot that the storage has already. */
    void content(String name, String handle, String snapshot, String policy) {
        GenericKubernetesResource content = new GenericKubernetesResourceBuilder()
                .withApiVersion(GROUP + "/v1")
                .withKind("VolumeSnapshotContent")
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
        content.setAdditionalProperty(
                "spec",
                Map.of(
                        "driver",
                        "local.csi.solo",
                        "deletionPolicy",
                        policy,
                        "source",
                        Map.of("snapshotHandle", handle),
                        "volumeSnapshotRef",
                        Map.of("name", snapshot, "namespace", sandbox.namespace())));
        operation("VolumeSnapshotContent", "volumesnapshotcontents", false)
                .resource(content)
                .create();
    }

    Json awaitReady(String name) {
        return json(snapshot(name)
                .waitUntilCondition(
                        now -> now != null
                                && json(now).at("status", "readyToUse").flag(false),
                        PATIENCE_SECONDS,
                        TimeUnit.SECONDS));
    }

    Json contentOf(String name) {
        String content = json(snapshot(name).require())
                .at("status", "boundVolumeSnapshotContentName")
                .text("");
        return json(content(content).require());
    }

    /** A class of the bundled driver, whose snapshots go with their objects. */
    void makeClass(String name) {
        GenericKubernetesResource snapshotClass = new GenericKubernetesResourceBuilder()
                .withApiVersion(GROUP + "/v1")
                .withKind("VolumeSnapshotClass")
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
        snapshotClass.setAdditionalProperty("driver", "local.csi.solo");
        snapshotClass.setAdditionalProperty("deletionPolicy", "Delete");
        operation("VolumeSnapshotClass", "volumesnapshotclasses", false)
                .resource(snapshotClass)
                .create();
    }

    void deleteClass(String name) {
        operation("VolumeSnapshotClass", "volumesnapshotclasses", false)
                .withName(name)
                .delete();
    }

    void delete(String name) {
        snapshot(name).delete();
    }

    void deleteContent(String content) {
        content(content).delete();
    }

    void awaitGone(String name) {
        snapshot(name).waitUntilCondition(Objects::isNull, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void awaitContentGone(String content) {
        content(content).waitUntilCondition(Objects::isNull, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    List<String> names() {
        return operation("VolumeSnapshot", "volumesnapshots", true)
                .inNamespace(sandbox.namespace())
                .list()
                .getItems()
                .stream()
                .map(one -> one.getMetadata().getName())
                .toList();
    }

    /** Of this namespace's snapshots. */
    List<String> contentNames() {
        return operation("VolumeSnapshotContent", "volumesnapshotcontents", false).list().getItems().stream()
                .filter(one -> sandbox.namespace()
                        .equals(json(one)
                                .at("spec", "volumeSnapshotRef", "namespace")
                                .text("")))
                .map(one -> one.getMetadata().getName())
                .toList();
    }

    long ready() {
        return operation("VolumeSnapshot", "volumesnapshots", true)
                .inNamespace(sandbox.namespace())
                .list()
                .getItems()
                .stream()
                .filter(one -> json(one).at("status", "readyToUse").flag(false))
                .count();
    }

    /** A claim to be filled from a snapshot of this namespace. */
    void restore(String claim, String snapshot, String storageClass, String size) {
        restore(claim, snapshot, storageClass, size, "Filesystem");
    }

    /** The same, to be mounted or to be used as a device ({@code Filesystem}, {@code Block}). */
    void restore(String claim, String snapshot, String storageClass, String size, String volumeMode) {
        PersistentVolumeClaim wish = new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace(sandbox.namespace())
                .withName(claim)
                .endMetadata()
                .withNewSpec()
                .withStorageClassName(storageClass)
                .withVolumeMode(volumeMode)
                .withAccessModes("ReadWriteOnce")
                .withNewDataSource(GROUP, "VolumeSnapshot", snapshot)
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity(size)))
                .endResources()
                .endSpec()
                .build();
        bench.client().resource(wish).create();
    }

    private Resource<GenericKubernetesResource> snapshot(String name) {
        return operation("VolumeSnapshot", "volumesnapshots", true)
                .inNamespace(sandbox.namespace())
                .withName(name);
    }

    private Resource<GenericKubernetesResource> content(String name) {
        return operation("VolumeSnapshotContent", "volumesnapshotcontents", false)
                .withName(name);
    }

    private MixedOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            operation(String kind, String plural, boolean namespaced) {
        return bench.client()
                .genericKubernetesResources(new ResourceDefinitionContext.Builder()
                        .withGroup(GROUP)
                        .withVersion("v1")
                        .withKind(kind)
                        .withPlural(plural)
                        .withNamespaced(namespaced)
                        .build());
    }

    private static Json json(GenericKubernetesResource resource) {
        return new Json(Map.of(
                "metadata",
                Map.of(
                        "name",
                        resource.getMetadata().getName(),
                        "uid",
                        String.valueOf(resource.getMetadata().getUid()),
                        "labels",
                        Objects.requireNonNullElse(resource.getMetadata().getLabels(), Map.of())),
                "spec",
                resource.getAdditionalProperties().getOrDefault("spec", Map.of()),
                "status",
                resource.getAdditionalProperties().getOrDefault("status", Map.of())));
    }
}
