/**
 * Every question the attacher answers, one file each, as pure functions over records.
 * Nothing here reads a clock, writes, or knows protobuf.
 */
@NullMarked
package solo.attacher.rules;

import org.jspecify.annotations.NullMarked;
