/** The health monitor's decisions, told by tests. */
@NullMarked
package solo.healthmonitor.rules;

import org.jspecify.annotations.NullMarked;
