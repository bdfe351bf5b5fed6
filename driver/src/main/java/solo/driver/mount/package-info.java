/**
 * Mounting, and what is mounted: the kernel's mount table is the only truth about where a volume can be seen. It holds
 * across our own restarts and crashes, and is empty after a reboot, which is exactly when nothing is mounted.
 */
@NullMarked
package solo.driver.mount;

import org.jspecify.annotations.NullMarked;
