package solo.snapshotter.model;

import java.util.Map;
import solo.csi.model.Secrets;

/** What CreateSnapshot is asked for. */
public record TakeRequest(String volumeHandle, String name, Map<String, String> parameters, Secrets secrets) {
    public TakeRequest {
        parameters = Map.copyOf(parameters);
    }
}
