/**
 * The patches that the attacher sends, as trees of JDK maps.
 * Only bodies: who sends them, and when, is decided elsewhere.
 */
@NullMarked
package solo.attacher.kube;

import org.jspecify.annotations.NullMarked;
