package solo.kube;

import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;

/**
 * The only thing a controller has to implement. Plain blocking code; never runs twice at once for one key. What it
 * throws is a bug: logged once with the key, counted, and that key backs off.
 */
@FunctionalInterface
public interface Reconciler {
    Outcome reconcile(ObjectKey key) throws InterruptedException;
}
