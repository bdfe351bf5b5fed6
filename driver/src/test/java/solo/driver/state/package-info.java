/** The state directory: what is written, what is refused, who may change it. */
@NullMarked
package solo.driver.state;

import org.jspecify.annotations.NullMarked;
