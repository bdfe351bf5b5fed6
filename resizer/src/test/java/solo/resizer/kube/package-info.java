/**
 * What growing and changing volumes has to do, told by tests.
 * The world they run in is simulated: an API server in memory and a driver that answers what it is told.
 */
@NullMarked
package solo.resizer.kube;

import org.jspecify.annotations.NullMarked;
