package solo.it;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import solo.driver.LocalDriver;
import solo.kube.model.Json;

/** VolumeGroupSnapshots of a test's namespace. */
final class GroupSnapshots {
    private static final int PATIENCE_SECONDS = 120;
    private static final String GROUP = "groupsnapshot.storage.k8s.io";

    private final Bench bench;
    private final Sandbox sandbox;

    GroupSnapshots(Bench bench, Sandbox sandbox) {
        this.bench = bench;
        this.sandbox = sandbox;
    }

    void groupClass(String name) {
        GenericKubernetesResource ofClass = object("VolumeGroupSnapshotClass", name);
        ofClass.setAdditionalProperty("driver", LocalDriver.NAME);
        ofClass.setAdditionalProperty("deletionPolicy", "Delete");
        operation("VolumeGroupSnapshotClass", "volumegroupsnapshotclasses", false)
                .resource(ofClass)
                .serverSideApply();
    }

    void take(String name, String className, Map<String, String> labels) {
        GenericKubernetesResource group = object("VolumeGroupSnapshot", name);
        group.getMetadata().setNamespace(sandbox.namespace());
        group.setAdditionalProperty(
                "spec",
                Map.of(
                        "volumeGroupSnapshotClassName",
                        className,
                        "source",
                        Map.of("selector", Map.of("matchLabels", labels))));
        operation("VolumeGroupSnapshot", "volumegroupsnapshots", true)
                .resource(group)
                .create();
    }

    void awaitReady(String name) {
        group(name).waitUntilCondition(now -> now != null && isReady(now), PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static boolean isReady(GenericKubernetesResource group) {
        return new Json(group.getAdditionalProperties().get("status"))
                .at("readyToUse")
                .flag(false);
    }

    long ready() {
        return inNamespace().list().getItems().stream()
                .filter(GroupSnapshots::isReady)
                .count();
    }

    List<String> names() {
        return inNamespace().list().getItems().stream()
                .map(one -> one.getMetadata().getName())
                .toList();
    }

    /** Claim → VolumeSnapshot. */
    Map<String, String> members(String name) {
        String uid = group(name).require().getMetadata().getUid();
        Map<String, String> members = new LinkedHashMap<>();
        for (GenericKubernetesResource snapshot : bench.client()
                .genericKubernetesResources(
                        context("snapshot.storage.k8s.io", "VolumeSnapshot", "volumesnapshots", true))
                .inNamespace(sandbox.namespace())
                .list()
                .getItems()) {
            if (snapshot.getMetadata().getOwnerReferences().stream()
                    .anyMatch(owner -> owner.getUid().equals(uid))) {
                members.put(
                        new Json(snapshot.getAdditionalProperties().get("spec"))
                                .at("source", "persistentVolumeClaimName")
                                .text(""),
                        snapshot.getMetadata().getName());
            }
        }
        return members;
    }

    void delete(String name) {
        group(name).delete();
    }

    void awaitGone(String name) {
        group(name).waitUntilCondition(Objects::isNull, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Those made for groups of a namespace. */
    List<String> contents(String namespace) {
        return operation("VolumeGroupSnapshotContent", "volumegroupsnapshotcontents", false).list().getItems().stream()
                .filter(one -> new Json(one.getAdditionalProperties().get("spec"))
                        .at("volumeGroupSnapshotRef", "namespace")
                        .text("")
                        .equals(namespace))
                .map(one -> one.getMetadata().getName())
                .toList();
    }

    private Resource<GenericKubernetesResource> group(String name) {
        return inNamespace().withName(name);
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            inNamespace() {
        return operation("VolumeGroupSnapshot", "volumegroupsnapshots", true).inNamespace(sandbox.namespace());
    }

    private MixedOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            operation(String kind, String plural, boolean namespaced) {
        return bench.client().genericKubernetesResources(context(GROUP, kind, plural, namespaced));
    }

    private static ResourceDefinitionContext context(String group, String kind, String plural, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion("v1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }

    private static GenericKubernetesResource object(String kind, String name) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(GROUP + "/v1")
                .withKind(kind)
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }
}
