package solo.healthmonitor.rules;

import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.healthmonitor.model.HealthCall;

/** Which call a driver is asked by: CSI 1.13's before 1.12's, a list before single questions. */
public final class HealthCallOf {

    private HealthCallOf() {}

    public static HealthCall driver(DriverCapabilities can) {
        if (can.has(ControllerCapability.LIST_VOLUME_HEALTH)) {
            return HealthCall.LIST_HEALTH;
        }
        if (can.has(ControllerCapability.GET_VOLUME_HEALTH)) {
            return HealthCall.GET_HEALTH;
        }
        if (!can.has(ControllerCapability.VOLUME_CONDITION)) {
            return HealthCall.NONE;
        }
        if (can.has(ControllerCapability.LIST_VOLUMES)) {
            return HealthCall.LIST_CONDITION;
        }
        return can.has(ControllerCapability.GET_VOLUME) ? HealthCall.GET_CONDITION : HealthCall.NONE;
    }
}
