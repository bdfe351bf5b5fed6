package solo.healthmonitor.csi;

import csi.v1.ControllerGetVolumeHealthRequest;
import csi.v1.ControllerGetVolumeRequest;
import csi.v1.ControllerListVolumeHealthRequest;
import csi.v1.ControllerListVolumeHealthResponse;
import csi.v1.ListVolumesRequest;
import csi.v1.ListVolumesResponse;
import csi.v1.VolumeCondition;
import csi.v1.VolumeHealthErrorType;
import java.util.HashMap;
import java.util.Map;
import solo.csi.CsiException;
import solo.csi.Driver;
import solo.csi.model.Code;
import solo.healthmonitor.model.HealthCall;
import solo.healthmonitor.model.VolumeHealth;
import solo.healthmonitor.model.VolumeHealth.Problem;
import solo.healthmonitor.model.VolumeHealth.Severity;

/** Asks a driver for the health of its volumes in the one way that it understands. */
public final class HealthCalls {

    private final Driver driver;
    private final HealthCall call;

    public HealthCalls(Driver driver, HealthCall call) {
        this.driver = driver;
        this.call = call;
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
}
