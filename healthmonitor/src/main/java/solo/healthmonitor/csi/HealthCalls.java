package solo.healthmonitor.csi;

import csi.v1.ControllerGetVolumeHealthRequest;
import csi.v1.ControllerGetVolumeRequest;
import csi.v1.ControllerListVolumeHealthRequest;
import csi.v1.ControllerListVolumeHealthResponse;
import csi.v1.ListVolumesRequest;
import csi.v1.ListVolumesResponse;
import csi.v1.NodeGetStorageHealthRequest;
import csi.v1.NodeGetVolumeHealthRequest;
import csi.v1.StorageHealthErrorType;
import csi.v1.VolumeCondition;
import csi.v1.VolumeHealthErrorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import solo.csi.CsiException;
import solo.csi.Driver;
import solo.csi.model.Code;
import solo.csi.model.NodeCapability;
import solo.healthmonitor.model.HealthCall;
import solo.healthmonitor.model.VolumeHealth;
import solo.healthmonitor.model.VolumeHealth.Problem;
import solo.healthmonitor.model.VolumeHealth.Severity;
import solo.healthmonitor.rules.SeenOnNode;

/** Asks a driver for the health of its volumes in the one way that it understands. */
public final class HealthCalls {

    private final Driver driver;
    private final HealthCall call;
    private final Set<NodeCapability> node;

    /** {@code node} is what the driver's node half can do, where it is to be asked too. */
    public HealthCalls(Driver driver, HealthCall call, Set<NodeCapability> node) {
        this.driver = driver;
        this.call = call;
        this.node = node;
    }

    /** One page of a list: adds what it holds and returns the token of the next, empty at the end. */
    @FunctionalInterface
    private interface Page {
        String read(String token, Map<String, VolumeHealth> into) throws CsiException;
    }

    /** All pages, by volume id; a token that the driver no longer knows starts it again, once. */
    public Map<String, VolumeHealth> list() throws CsiException {
        Page page = call == HealthCall.LIST_HEALTH ? this::healthPage : this::conditionPage;
        try {
            return pages(page);
        } catch (CsiException e) {
            if (e.error().staleToken()) {
                return pages(page);
            }
            throw e;
        }
    }

    /** A volume that the driver does not know is in the worst of all troubles, not an unanswered question. */
    public VolumeHealth get(String volumeId) throws CsiException {
        try {
            return call == HealthCall.LIST_HEALTH || call == HealthCall.GET_HEALTH
                    ? health(volumeId)
                    : condition(volumeId);
        } catch (CsiException e) {
            if (e.code() == Code.NOT_FOUND) {
                return VolumeHealth.of(
                        Severity.DATA_LOSS, "VolumeNotFound", "the driver does not know the volume " + volumeId);
            }
            throw e;
        }
    }

    /**
     * The same with what the node half sees, of the volume and of the storage below it. A volume that is not on its node is
     * no trouble; a node half that does not answer is none either, unless the volume would be called well without it.
     */
    public VolumeHealth alsoOnNode(String volumeId, VolumeHealth health) throws CsiException {
        if (!node.contains(NodeCapability.GET_VOLUME_HEALTH)) {
            return health;
        }
        try {
            List<Problem> seen = new ArrayList<>(of(driver.node()
                            .nodeGetVolumeHealth(NodeGetVolumeHealthRequest.newBuilder()
                                    .setVolumeId(volumeId)
                                    .build())
                            .getVolumeHealth())
                    .problems());
            if (node.contains(NodeCapability.GET_STORAGE_HEALTH)) {
                driver.node()
                        .nodeGetStorageHealth(NodeGetStorageHealthRequest.getDefaultInstance())
                        .getBackendHealthList()
                        .forEach(storage -> seen.add(
                                new Problem(of(storage.getStatus()), storage.getReason(), storage.getMessage())));
            }
            return SeenOnNode.added(health, seen);
        } catch (CsiException e) {
            if (e.code() == Code.NOT_FOUND || !health.healthy()) {
                return health;
            }
            throw e;
        }
    }

    private static Map<String, VolumeHealth> pages(Page page) throws CsiException {
        Map<String, VolumeHealth> volumes = new HashMap<>();
        String token = "";
        do {
            token = page.read(token, volumes);
        } while (!token.isEmpty());
        return volumes;
    }

    private String healthPage(String token, Map<String, VolumeHealth> into) throws CsiException {
        ControllerListVolumeHealthResponse page = driver.controller()
                .controllerListVolumeHealth(ControllerListVolumeHealthRequest.newBuilder()
                        .setStartingToken(token)
                        .build());
        page.getEntriesList().forEach(entry -> into.put(entry.getVolumeId(), of(entry)));
        return page.getNextToken();
    }

    private String conditionPage(String token, Map<String, VolumeHealth> into) throws CsiException {
        ListVolumesResponse page = driver.controller()
                .listVolumes(
                        ListVolumesRequest.newBuilder().setStartingToken(token).build());
        page.getEntriesList()
                .forEach(entry -> into.put(
                        entry.getVolume().getVolumeId(), of(entry.getStatus().getVolumeCondition())));
        return page.getNextToken();
    }

    private VolumeHealth health(String volumeId) throws CsiException {
        return of(driver.controller()
                .controllerGetVolumeHealth(ControllerGetVolumeHealthRequest.newBuilder()
                        .setVolumeId(volumeId)
                        .build())
                .getVolumeHealth());
    }

    private VolumeHealth condition(String volumeId) throws CsiException {
        return of(driver.controller()
                .controllerGetVolume(ControllerGetVolumeRequest.newBuilder()
                        .setVolumeId(volumeId)
                        .build())
                .getStatus()
                .getVolumeCondition());
    }

    /** An absent condition counts as healthy, as in Go. */
    private static VolumeHealth of(VolumeCondition condition) {
        return condition.getAbnormal()
                ? VolumeHealth.of(Severity.ABNORMAL, "", condition.getMessage())
                : VolumeHealth.HEALTHY;
    }

    private static VolumeHealth of(csi.v1.VolumeHealth health) {
        return new VolumeHealth(health.getHealthStatusesList().stream()
                .map(entry -> new Problem(of(entry.getStatus()), entry.getReason(), entry.getMessage()))
                .toList());
    }

    private static Severity of(VolumeHealthErrorType type) {
        return switch (type) {
            case DATA_LOSS -> Severity.DATA_LOSS;
            case INACCESSIBLE -> Severity.INACCESSIBLE;
            case DEGRADED -> Severity.DEGRADED;
            case UNKNOWN_VOLUME_HEALTH_TYPE, UNRECOGNIZED -> Severity.UNKNOWN;
        };
    }

    private static Severity of(StorageHealthErrorType type) {
        return switch (type) {
            case STORAGE_UNREACHABLE -> Severity.INACCESSIBLE;
            case STORAGE_DEGRADED -> Severity.DEGRADED;
            case UNKNOWN_STORAGE_HEALTH_ERROR_TYPE, UNRECOGNIZED -> Severity.UNKNOWN;
        };
    }
}
