/** Which blocks of a file hold data, and in which two files differ, without holding more than a piece of them. */
@NullMarked
package solo.driver.blocks;

import org.jspecify.annotations.NullMarked;
