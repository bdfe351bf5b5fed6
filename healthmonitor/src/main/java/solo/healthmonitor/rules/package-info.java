/** The health monitor's decisions: pure functions, one question a file. */
@NullMarked
package solo.healthmonitor.rules;

import org.jspecify.annotations.NullMarked;
