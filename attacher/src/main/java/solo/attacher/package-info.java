/**
 * Does what external-attacher does: turns VolumeAttachments into ControllerPublishVolume and back.
 * Reconcilers and their effects; every decision is made in {@code solo.attacher.rules}.
 */
@NullMarked
package solo.attacher;

import org.jspecify.annotations.NullMarked;
