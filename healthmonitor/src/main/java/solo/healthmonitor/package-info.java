/**
 * Does what external-health-monitor's controller does: tells the owners of claims that their volume, or the node under
 * it, is in trouble, and when that is over. Reconcilers; every decision is made in {@code solo.healthmonitor.rules}.
 */
@NullMarked
package solo.healthmonitor;

import org.jspecify.annotations.NullMarked;
