@NullMarked
package solo.driver.blocks;

import org.jspecify.annotations.NullMarked;
