/**
 * Does what external-resizer does: grows volumes, and changes them by VolumeAttributesClass.
 * Reconcilers and their effects; every decision is made in {@code solo.resizer.rules}.
 */
@NullMarked
package solo.resizer;

import org.jspecify.annotations.NullMarked;
