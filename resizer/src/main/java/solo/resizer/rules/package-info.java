/**
 * Every question the resizer answers, one file each, as pure functions over records.
 * The two state machines are tables: {@code ExpansionTransitions} and {@code ModifyTransitions}.
 */
@NullMarked
package solo.resizer.rules;

import org.jspecify.annotations.NullMarked;
