/** The health monitor in a simulated cluster, beside a driver that answers what it is told. */
@NullMarked
package solo.healthmonitor;

import org.jspecify.annotations.NullMarked;
