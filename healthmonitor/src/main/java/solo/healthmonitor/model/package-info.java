/** What the health monitor's rules speak of. */
@NullMarked
package solo.healthmonitor.model;

import org.jspecify.annotations.NullMarked;
