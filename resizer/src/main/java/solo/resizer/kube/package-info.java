/**
 * The patches that the resizer sends, as trees of JDK maps.
 * Strategic ones, because conditions of other controllers live in the same list.
 */
@NullMarked
package solo.resizer.kube;

import org.jspecify.annotations.NullMarked;
