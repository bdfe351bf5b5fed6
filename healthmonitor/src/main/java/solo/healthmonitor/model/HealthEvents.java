package solo.healthmonitor.model;

import java.util.List;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;

/** The events of the health monitor, in the words of the Go one. They are all it writes. */
public final class HealthEvents {

    public static final String ABNORMAL = "VolumeConditionAbnormal";

    private HealthEvents() {}

    public static EventNote abnormal(VolumeHealth health) {
        return EventNote.warning(ABNORMAL, health.text());
    }

    public static EventNote recovered() {
        return EventNote.normal("VolumeConditionNormal", "The Volume returns to the healthy state");
    }

    public static EventNote nodeFailed(List<String> pods, ObjectKey claim, String node) {
        return EventNote.warning(
                "NodeFailed",
                "Pods: [ " + String.join(" ", pods) + " ] consuming PVC: " + claim.name() + " in namespace: "
                        + claim.namespace() + " are now on a failed node: " + node);
    }

    /** Normal, where Go warns of good news. */
    public static EventNote nodeRecovered(String node) {
        return EventNote.normal("NodeRecovered", "Node: " + node + " recovered");
    }
}
