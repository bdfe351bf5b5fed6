package solo.healthmonitor;

import csi.v1.ControllerGetVolumeHealthRequest;
import csi.v1.ControllerGetVolumeHealthResponse;
import csi.v1.ControllerGetVolumeRequest;
import csi.v1.ControllerGetVolumeResponse;
import csi.v1.ControllerListVolumeHealthRequest;
import csi.v1.ControllerListVolumeHealthResponse;
import csi.v1.ListVolumesRequest;
import csi.v1.ListVolumesResponse;
import csi.v1.NodeGetStorageHealthRequest;
import csi.v1.NodeGetStorageHealthResponse;
import csi.v1.NodeGetVolumeHealthRequest;
import csi.v1.NodeGetVolumeHealthResponse;
import csi.v1.StorageHealthErrorType;
import csi.v1.VolumeHealthErrorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import solo.csi.ControllerService;
import solo.csi.CsiException;
import solo.csi.Driver;
import solo.csi.IdentityService;
import solo.csi.NodeService;
import solo.csi.model.Code;

/** A driver that says of its volumes what a test says, in CSI 1.13 and in 1.12, and notes what it was asked. */
public final class ScriptedDriver implements Driver, ControllerService, NodeService {

    /** {@code list}, {@code list from 2}, {@code get handle-pv}. */
    public final List<String> asked = new ArrayList<>();

    private final Map<String, String> troubles = new TreeMap<>();
    private final Set<String> unlisted = new HashSet<>();
    private final Set<String> healthy = new HashSet<>();
    private final Map<String, String> nodeTroubles = new TreeMap<>();
    private final List<String> storageTroubles = new ArrayList<>();
    private final Deque<CsiException> nodeFailures = new ArrayDeque<>();
    private final Deque<CsiException> failures = new ArrayDeque<>();

    /** The volume exists and is well. */
    public void well(String handle) {
        troubles.remove(handle);
        healthy.add(handle);
    }

    public void sick(String handle, String message) {
        healthy.remove(handle);
        troubles.put(handle, message);
    }

    /** The volume is on the node; the node half says so of it, or nothing if this is empty. */
    public void onNode(String handle, String message) {
        nodeTroubles.put(handle, message);
    }

    /** What lies below all volumes of the node is unreachable. */
    public void storageGone(String message) {
        storageTroubles.add(message);
    }

    /** The next call of the node half fails so. */
    public void nodeFailing(Code code) {
        nodeFailures.add(new CsiException(code, "not now"));
    }

    /** No list names this volume, as if it fell between two pages. */
    public void unlisted(String handle) {
        unlisted.add(handle);
    }

    /** The next call fails so. */
    public void failing(Code code) {
        failures.add(new CsiException(code, "not now"));
    }

    @Override
    public IdentityService identity() {
        throw new UnsupportedOperationException("nobody asks here");
    }

    @Override
    public ControllerService controller() {
        return this;
    }

    @Override
    public NodeService node() {
        return this;
    }

    @Override
    public NodeGetVolumeHealthResponse nodeGetVolumeHealth(NodeGetVolumeHealthRequest request) throws CsiException {
        CsiException failure = nodeFailures.poll();
        if (failure != null) {
            throw failure;
        }
        String trouble = nodeTroubles.get(request.getVolumeId());
        if (trouble == null) {
            throw new CsiException(Code.NOT_FOUND, "not on this node");
        }
        var answer = NodeGetVolumeHealthResponse.newBuilder();
        answer.getVolumeHealthBuilder().setVolumeId(request.getVolumeId());
        if (!trouble.isEmpty()) {
            answer.getVolumeHealthBuilder()
                    .addHealthStatusesBuilder()
                    .setStatus(VolumeHealthErrorType.INACCESSIBLE)
                    .setReason("PathsDown")
                    .setMessage(trouble);
        }
        return answer.build();
    }

    @Override
    public NodeGetStorageHealthResponse nodeGetStorageHealth(NodeGetStorageHealthRequest request) {
        var answer = NodeGetStorageHealthResponse.newBuilder();
        storageTroubles.forEach(message -> answer.addBackendHealthBuilder()
                .setStatus(StorageHealthErrorType.STORAGE_UNREACHABLE)
                .setReason("NoRoute")
                .setMessage(message));
        return answer.build();
    }

    /** One volume a page; only the sick. */
    @Override
    public ControllerListVolumeHealthResponse controllerListVolumeHealth(ControllerListVolumeHealthRequest request)
            throws CsiException {
        int page = page(request.getStartingToken());
        List<String> sick =
                troubles.keySet().stream().filter(id -> !unlisted.contains(id)).toList();
        var answer = ControllerListVolumeHealthResponse.newBuilder().setNextToken(next(page, sick));
        if (page < sick.size()) {
            answer.addEntries(health(sick.get(page)));
        }
        return answer.build();
    }

    @Override
    public ControllerGetVolumeHealthResponse controllerGetVolumeHealth(ControllerGetVolumeHealthRequest request)
            throws CsiException {
        get(request.getVolumeId());
        return ControllerGetVolumeHealthResponse.newBuilder()
                .setVolumeHealth(health(request.getVolumeId()))
                .build();
    }

    @Override
    public ListVolumesResponse listVolumes(ListVolumesRequest request) throws CsiException {
        int page = page(request.getStartingToken());
        List<String> all = new ArrayList<>(healthy);
        all.addAll(troubles.keySet());
        all.removeAll(unlisted);
        var answer = ListVolumesResponse.newBuilder().setNextToken(next(page, all));
        if (page < all.size()) {
            var entry = answer.addEntriesBuilder();
            entry.getVolumeBuilder().setVolumeId(all.get(page));
            String trouble = troubles.get(all.get(page));
            if (trouble != null) {
                entry.getStatusBuilder()
                        .getVolumeConditionBuilder()
                        .setAbnormal(true)
                        .setMessage(trouble);
            }
        }
        return answer.build();
    }

    @Override
    public ControllerGetVolumeResponse controllerGetVolume(ControllerGetVolumeRequest request) throws CsiException {
        String trouble = get(request.getVolumeId());
        var answer = ControllerGetVolumeResponse.newBuilder();
        answer.getStatusBuilder()
                .getVolumeConditionBuilder()
                .setAbnormal(trouble != null)
                .setMessage(trouble == null ? "fine" : trouble);
        return answer.build();
    }

    private int page(String token) throws CsiException {
        asked.add(token.isEmpty() ? "list" : "list from " + token);
        fail();
        return token.isEmpty() ? 0 : Integer.parseInt(token);
    }

    private static String next(int page, List<String> all) {
        return page + 1 < all.size() ? Integer.toString(page + 1) : "";
    }

    private @Nullable String get(String handle) throws CsiException {
        asked.add("get " + handle);
        fail();
        if (!healthy.contains(handle) && !troubles.containsKey(handle)) {
            throw new CsiException(Code.NOT_FOUND, "no such volume");
        }
        return troubles.get(handle);
    }

    private void fail() throws CsiException {
        CsiException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }

    private csi.v1.VolumeHealth health(String handle) {
        var health = csi.v1.VolumeHealth.newBuilder().setVolumeId(handle);
        String trouble = troubles.get(handle);
        if (trouble != null) {
            health.addHealthStatusesBuilder()
                    .setStatus(VolumeHealthErrorType.INACCESSIBLE)
                    .setReason("ArrayOffline")
                    .setMessage(trouble);
        }
        return health.build();
    }
}
