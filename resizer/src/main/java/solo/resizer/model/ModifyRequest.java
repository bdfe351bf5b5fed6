package solo.resizer.model;

import java.util.Map;
import solo.csi.model.Secrets;

/** What ControllerModifyVolume is asked for; {@code target} is the class the parameters come from. */
public record ModifyRequest(String volumeHandle, String target, Map<String, String> parameters, Secrets secrets) {
    public ModifyRequest {
        parameters = Map.copyOf(parameters);
    }
}
