package solo.it;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.util.Objects;
import java.util.Optional;
import solo.kube.model.Json;
import tools.jackson.databind.json.JsonMapper;

/** What the kubelet tells of volumes, to monitoring and to whoever evicts: its own answer of the driver's stats. */
final class KubeletStats implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final KubernetesClient kubelet;

    /** Asked directly: the API server passes nothing on to a kubelet that listens on loopback. */
    KubeletStats(Bench bench) {
        int port = bench.client()
                .nodes()
                .withName(bench.cluster().nodeName())
                .require()
                .getStatus()
                .getDaemonEndpoints()
                .getKubeletEndpoint()
                .getPort();
        kubelet = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(bench.client().getConfiguration())
                        .withMasterUrl("https://127.0.0.1:" + port)
                        .build())
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }

    /** In bytes; inodes are counted. */
    record Usage(long capacity, long used, long available, long inodes, long inodesUsed) {}

    /** Empty until the kubelet has asked the driver. */
    Optional<Usage> of(String namespace, String claim) {
        return new Json(JSON.readValue(kubelet.raw("/stats/summary"), Object.class))
                .at("pods").items().stream()
                        .flatMap(pod -> pod.at("volume").items().stream())
                        .filter(volume -> volume.at("pvcRef", "name").text("").equals(claim)
                                && volume.at("pvcRef", "namespace").text("").equals(namespace))
                        .findFirst()
                        .map(volume -> new Usage(
                                number(volume, "capacityBytes"),
                                number(volume, "usedBytes"),
                                number(volume, "availableBytes"),
                                number(volume, "inodes"),
                                number(volume, "inodesUsed")));
    }

    private static long number(Json volume, String field) {
        return Objects.requireNonNullElse(volume.at(field).number(), -1L);
    }

    @Override
    public void close() {
        kubelet.close();
    }
}
