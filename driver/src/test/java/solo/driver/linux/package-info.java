/** The system calls, called for real. */
@NullMarked
package solo.driver.linux;

import org.jspecify.annotations.NullMarked;
