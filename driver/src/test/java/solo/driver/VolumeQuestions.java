package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import csi.v1.ControllerGetCapabilitiesRequest;
import csi.v1.ControllerGetVolumeHealthRequest;
import csi.v1.ControllerGetVolumeRequest;
import csi.v1.ControllerListVolumeHealthRequest;
import csi.v1.GetCapacityRequest;
import csi.v1.GetPluginCapabilitiesRequest;
import csi.v1.GetPluginInfoRequest;
import csi.v1.GroupControllerGetCapabilitiesRequest;
import csi.v1.ListSnapshotsRequest;
import csi.v1.NodeGetCapabilitiesRequest;
import csi.v1.NodeGetInfoRequest;
import csi.v1.NodeGetStorageHealthRequest;
import csi.v1.NodeGetVolumeHealthRequest;
import csi.v1.NodeGetVolumeStatsRequest;
import csi.v1.ProbeRequest;
import csi.v1.ValidateVolumeCapabilitiesRequest;
import csi.v1.VolumeCapability;
import solo.csi.CsiException;

/** The calls that change nothing; each must answer, and answer the truth, whatever else is going on. */
record VolumeQuestions(TestDriver driver, VolumeLife life, VolumeCapability capability) {

    void controller() throws CsiException {
        identity();
        var controller = driver.controller();
        String id = life.id();
        assertThat(controller
                        .controllerGetCapabilities(ControllerGetCapabilitiesRequest.getDefaultInstance())
                        .getCapabilitiesCount())
                .isPositive();
        assertThat(driver.driver()
                        .groupController()
                        .groupControllerGetCapabilities(GroupControllerGetCapabilitiesRequest.getDefaultInstance())
                        .getCapabilitiesCount())
                .isPositive();
        assertThat(driver.listed()).contains(id);
        var found = controller.controllerGetVolume(
                ControllerGetVolumeRequest.newBuilder().setVolumeId(id).build());
        assertThat(found.getStatus().getPublishedNodeIdsCount()).isEqualTo(life.isAttached() ? 1 : 0);
        assertThat(controller
                        .controllerGetVolumeHealth(ControllerGetVolumeHealthRequest.newBuilder()
                                .setVolumeId(id)
                                .build())
                        .getVolumeHealth()
                        .getHealthStatusesList())
                .isEmpty();
        assertThat(controller
                        .controllerListVolumeHealth(ControllerListVolumeHealthRequest.getDefaultInstance())
                        .getEntriesList())
                .isEmpty();
        assertThat(controller
                        .getCapacity(GetCapacityRequest.getDefaultInstance())
                        .getAvailableCapacity())
                .isPositive();
        controller.listSnapshots(
                ListSnapshotsRequest.newBuilder().setSourceVolumeId(id).build());
        itIsWhatItWasTold();
    }

    /** The volume has the mutable parameter that its last modification gave it. */
    void itIsWhatItWasTold() throws CsiException {
        var request = ValidateVolumeCapabilitiesRequest.newBuilder()
                .setVolumeId(life.id())
                .addVolumeCapabilities(capability);
        if (life.wasModified()) {
            request.putMutableParams(life.mutableParameter(), life.toldValue());
        }
        var answer = driver.controller().validateVolumeCapabilities(request.build());
        assertThat(answer.hasConfirmed())
                .as("%s: %s", life, answer.getMessage())
                .isTrue();
    }

    private void identity() throws CsiException {
        var identity = driver.driver().identity();
        identity.getPluginInfo(GetPluginInfoRequest.getDefaultInstance());
        identity.getPluginCapabilities(GetPluginCapabilitiesRequest.getDefaultInstance());
        identity.probe(ProbeRequest.getDefaultInstance());
    }

    /** About a volume that is published. */
    void node() throws CsiException {
        var node = driver.node();
        String path = driver.kubelet("pod-" + life.id()).toString();
        node.nodeGetInfo(NodeGetInfoRequest.getDefaultInstance());
        node.nodeGetCapabilities(NodeGetCapabilitiesRequest.getDefaultInstance());
        assertThat(node.nodeGetVolumeStats(NodeGetVolumeStatsRequest.newBuilder()
                                .setVolumeId(life.id())
                                .setVolumePath(path)
                                .build())
                        .getUsage(0)
                        .getTotal())
                .isPositive();
        assertThat(node.nodeGetVolumeHealth(NodeGetVolumeHealthRequest.newBuilder()
                                .setVolumeId(life.id())
                                .setVolumePublishPath(path)
                                .build())
                        .getVolumeHealth()
                        .getHealthStatusesList())
                .isEmpty();
        assertThat(node.nodeGetStorageHealth(NodeGetStorageHealthRequest.getDefaultInstance())
                        .getBackendHealthList())
                .isEmpty();
    }
}
