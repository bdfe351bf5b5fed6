package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.kube.model.Json;

/** The command line of snapshot-conversion-webhook, asked by a real API server. */
@ExtendWith(RealCluster.class)
class GroupConversionIT {

    private static final String CRD = "volumegroupsnapshotcontents.groupsnapshot.storage.k8s.io";
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final Bench bench;

    GroupConversionIT(Bench bench) {
        this.bench = bench;
    }

    @Test
    void a_content_is_read_and_written_in_all_three_versions_and_none_loses_what_another_wrote() throws Exception {
        Path key = bench.cluster().kubeconfig().resolveSibling("apiserver.key");
        assumeThat(key)
                .as("the API server runs on this machine, so it reaches this port and its certificate is at hand")
                .exists();
        int port = Ports.free();
        try (SoloChild webhook = SoloChild.run(List.of(
                "snapshot-conversion-webhook",
                "--tls-cert-file",
                key.resolveSibling("apiserver.crt").toString(),
                "--tls-private-key-file",
                key.toString(),
                "-port=" + port))) {
            webhook.awaitLine("at port " + port);
            convertBy(port, Files.readAllBytes(key.resolveSibling("ca.crt")));
            created();
            content("v1").subresource("status").patch(MERGE, """
                {"status": {"volumeGroupSnapshotHandle": "g", "volumeSnapshotInfoList": [
                  {"volumeHandle": "v", "snapshotHandle": "s", "creationTime": 1700000000000000001,
                   "readyToUse": true, "restoreSize": 12}]}}
                """);

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(status("v1beta1")
                                    .at("volumeSnapshotHandlePairList")
                                    .value())
                            .isEqualTo(List.of(Map.of("volumeHandle", "v", "snapshotHandle", "s"))));
            content("v1beta1").patch(MERGE, """
                {"metadata": {"labels": {"by": "a-client-of-v1beta1"}}}
                """);
            for (String version : List.of("v1beta2", "v1")) {
                GenericKubernetesResource content = content(version).require();
                assertThat(content.getMetadata().getLabels()).containsEntry("by", "a-client-of-v1beta1");
                assertThat(content.getMetadata().getAnnotations()).isNullOrEmpty();
                Json member =
                        status(version).at("volumeSnapshotInfoList").items().getFirst();
                assertThat(member.at("creationTime").number()).isEqualTo(1700000000000000001L);
                assertThat(member.at("restoreSize").number()).isEqualTo(12);
            }
        } finally {
            patchCrd("{\"spec\": {\"conversion\": {\"strategy\": \"None\", \"webhook\": null}}}");
            await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> {
                content("v1beta2").delete();
                return content("v1beta2").get() == null;
            });
        }
    }

    /** A moment may pass until the API server does. */
    private void convertBy(int port, byte[] authority) {
        patchCrd("""
            {"spec": {"conversion": {"strategy": "Webhook", "webhook": {
              "conversionReviewVersions": ["v1"],
              "clientConfig": {"url": "https://127.0.0.1:%d/convert", "caBundle": "%s"}}}}}
            """.formatted(port, Base64.getEncoder().encodeToString(authority)));
    }

    private void patchCrd(String patch) {
        bench.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(CRD)
                .patch(MERGE, patch);
    }

    private void created() {
        bench.client().resource("""
            apiVersion: groupsnapshot.storage.k8s.io/v1
            kind: VolumeGroupSnapshotContent
            metadata: {name: converted}
            spec:
              driver: d
              deletionPolicy: Retain
              source: {volumeHandles: [v]}
              volumeGroupSnapshotRef: {namespace: n, name: s}
            """).create();
    }

    private Json status(String version) {
        return new Json(content(version).require().getAdditionalProperties().get("status"));
    }

    private Resource<GenericKubernetesResource> content(String version) {
        return bench.client()
                .genericKubernetesResources(new ResourceDefinitionContext.Builder()
                        .withGroup("groupsnapshot.storage.k8s.io")
                        .withVersion(version)
                        .withKind("VolumeGroupSnapshotContent")
                        .withPlural("volumegroupsnapshotcontents")
                        .withNamespaced(false)
                        .build())
                .withName("converted");
    }
}
