/** The mount table as text, and as the kernel has it. */
@NullMarked
package solo.driver.mount;

import org.jspecify.annotations.NullMarked;
