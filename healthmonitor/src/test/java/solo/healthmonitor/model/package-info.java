/** The words in which health is told. */
@NullMarked
package solo.healthmonitor.model;

import org.jspecify.annotations.NullMarked;
