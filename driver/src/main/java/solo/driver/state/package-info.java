/**
 * What must survive a kill -9: one small file a volume, replaced atomically and synced before anything relies on it.
 * Nothing is kept in memory, so that the controller half and the node half may be different processes.
 */
@NullMarked
package solo.driver.state;

import org.jspecify.annotations.NullMarked;
