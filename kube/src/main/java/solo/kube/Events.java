package solo.kube;

import solo.kube.model.EventNote;
import solo.kube.model.ObjectReference;

/** The event port: tells the cluster's users what happened, never holding up the caller, never failing it. */
public interface Events {
    void record(ObjectReference about, EventNote note);
}
