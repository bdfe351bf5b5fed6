package solo.it;

import csi.v1.NodeGetInfoRequest;
import csi.v1.NodeGetInfoResponse;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.storage.CSINodeBuilder;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import solo.csi.ConnectionOptions;
import solo.csi.CsiException;
import solo.csi.DriverConnection;
import solo.csi.RpcDriver;
import solo.csi.UnixSocket;
import solo.csi.UnusableSocketException;

/**
 * A node without a kubelet, for as long as this is open. What a kubelet would write for the scheduler is written here: a
 * Node that is ready and has room for pods, its heartbeat, and a CSINode with what the driver at the socket says of itself.
 * Pods that are given to it never start.
 */
final class SimulatedNode implements AutoCloseable {

    private static final String LEASES = "kube-node-lease";
    private static final int HEARTBEAT_SECONDS = 5;

    private final Bench bench;
    private final String name;
    private final ScheduledExecutorService heartbeat = Executors.newSingleThreadScheduledExecutor();

    private SimulatedNode(Bench bench, String name) {
        this.bench = bench;
        this.name = name;
    }

    static SimulatedNode ready(Bench bench, String name, String driver, Path socket) {
        NodeGetInfoResponse info = info(socket);
        var node = new SimulatedNode(bench, name);
        try {
            node.create(info.getAccessibleTopology().getSegmentsMap());
            node.register(driver, info);
            var _ = node.heartbeat.scheduleAtFixedRate(node::beat, 0, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
            bench.client()
                    .nodes()
                    .withName(name)
                    .waitUntilCondition(
                            now -> now != null && now.getSpec().getTaints().isEmpty(), 60, TimeUnit.SECONDS);
            return node;
        } catch (RuntimeException failed) {
            node.close();
            throw failed;
        }
    }

    private static NodeGetInfoResponse info(Path socket) {
        try (var connection = DriverConnection.open(new UnixSocket(socket), ConnectionOptions.DEFAULT)) {
            return new RpcDriver(connection.calls()).node().nodeGetInfo(NodeGetInfoRequest.getDefaultInstance());
        } catch (UnusableSocketException | CsiException refused) {
            throw new AssertionError("the second node's driver does not say who it is", refused);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopping);
        }
    }

    private void create(Map<String, String> place) {
        Map<String, Quantity> room = Map.of(
                "cpu",
                new Quantity("4"),
                "memory",
                new Quantity("8Gi"),
                "ephemeral-storage",
                new Quantity("10Gi"),
                "pods",
                new Quantity("10"));
        bench.client()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("kubernetes.io/hostname", name)
                        .addToLabels(place)
                        .endMetadata()
                        .build())
                .create();
        bench.client()
                .nodes()
                .withName(name)
                .editStatus(now -> new NodeBuilder(now)
                        .withNewStatus()
                        .withCapacity(room)
                        .withAllocatable(room)
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .withReason("Simulated")
                        .withLastHeartbeatTime(
                                ZonedDateTime.now(ZoneOffset.UTC).withNano(0).toString())
                        .endCondition()
                        .endStatus()
                        .build());
    }

    private void register(String driver, NodeGetInfoResponse info) {
        bench.client()
                .resource(new CSINodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .addNewDriver()
                        .withName(driver)
                        .withNodeID(info.getNodeId())
                        .withTopologyKeys(List.copyOf(
                                info.getAccessibleTopology().getSegmentsMap().keySet()))
                        .endDriver()
                        .endSpec()
                        .build())
                .create();
    }

    private void beat() {
        bench.client()
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withNamespace(LEASES)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(name)
                        .withLeaseDurationSeconds(40)
                        .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .fieldManager("solo-it")
                .forceConflicts()
                .serverSideApply();
    }

    @Override
    public void close() {
        heartbeat.shutdownNow();
        bench.client().storage().v1().csiNodes().withName(name).delete();
        bench.client().leases().inNamespace(LEASES).withName(name).delete();
        bench.client().nodes().withName(name).delete();
    }
}
