package solo.snapshotter.model;

import java.util.List;
import java.util.Map;
import solo.csi.model.Secrets;

/** What CreateVolumeGroupSnapshot is asked for. */
public record GroupTakeRequest(
        String name, List<String> volumeHandles, Map<String, String> parameters, Secrets secrets) {
    public GroupTakeRequest {
        volumeHandles = List.copyOf(volumeHandles);
        parameters = Map.copyOf(parameters);
    }
}
