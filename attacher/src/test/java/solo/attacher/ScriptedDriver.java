package solo.attacher;

import csi.v1.ControllerPublishVolumeRequest;
import csi.v1.ControllerPublishVolumeResponse;
import csi.v1.ControllerUnpublishVolumeRequest;
import csi.v1.ControllerUnpublishVolumeResponse;
import csi.v1.ListVolumesRequest;
import csi.v1.ListVolumesResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.csi.ControllerService;
import solo.csi.CsiException;
import solo.csi.Driver;
import solo.csi.IdentityService;
import solo.csi.model.Code;

/** A driver that does what the test says and notes what it was asked. */
public final class ScriptedDriver implements Driver, ControllerService {
    private final List<String> log;
    private final Deque<CsiException> failures = new ArrayDeque<>();
    private final Map<String, ListVolumesResponse> pages = new HashMap<>();
    private Map<String, String> publishContext = Map.of();
    private @Nullable Runnable meanwhile;

    public final List<ControllerPublishVolumeRequest> published = new ArrayList<>();
    public final List<ControllerUnpublishVolumeRequest> unpublished = new ArrayList<>();
    public final List<ListVolumesRequest> listed = new ArrayList<>();

    public ScriptedDriver(List<String> log) {
        this.log = log;
    }

    /** The next call fails so; several calls queue up. */
    public ScriptedDriver failing(Code code, String message) {
        failures.add(new CsiException(code, message));
        return this;
    }

    public ScriptedDriver answering(Map<String, String> context) {
        publishContext = context;
        return this;
    }

    /** What happens in the cluster while the next call is under way. */
    public void meanwhile(Runnable event) {
        meanwhile = event;
    }

    /** The page of ListVolumes that a token asks for; the first one has no token. */
    public ScriptedDriver page(String token, ListVolumesResponse page) {
        pages.put(token, page);
        return this;
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
    public ControllerPublishVolumeResponse controllerPublishVolume(ControllerPublishVolumeRequest request)
            throws CsiException {
        published.add(request);
        called("publish " + request.getVolumeId() + " to " + request.getNodeId());
        return ControllerPublishVolumeResponse.newBuilder()
                .putAllPublishContext(publishContext)
                .build();
    }

    @Override
    public ControllerUnpublishVolumeResponse controllerUnpublishVolume(ControllerUnpublishVolumeRequest request)
            throws CsiException {
        unpublished.add(request);
        called("unpublish " + request.getVolumeId() + " from " + request.getNodeId());
        return ControllerUnpublishVolumeResponse.getDefaultInstance();
    }

    @Override
    public ListVolumesResponse listVolumes(ListVolumesRequest request) throws CsiException {
        listed.add(request);
        called("list volumes");
        return pages.getOrDefault(request.getStartingToken(), ListVolumesResponse.getDefaultInstance());
    }

    private void called(String what) throws CsiException {
        log.add(what);
        if (meanwhile != null) {
            Runnable event = meanwhile;
            meanwhile = null;
            event.run();
        }
        CsiException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }
}
