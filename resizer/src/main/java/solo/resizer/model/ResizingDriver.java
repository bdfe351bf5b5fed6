package solo.resizer.model;

import java.time.Duration;
import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.csi.model.NodeCapability;

/**
 * The driver whose volumes we grow and change.
 *
 * @param hold {@code --retry-interval-max}: how long what the driver called infeasible is not asked again
 * @param preResizeNote when a PersistentVolume remembers its old size
 * @param metadata whether ControllerModifyVolume is told the names of claim and volume ({@code
 *     --extra-modify-metadata})
 */
public record ResizingDriver(
        String name, DriverCapabilities capabilities, Duration hold, PreResizeNote preResizeNote, Metadata metadata) {

    /** Who has to do something so that a volume grows. */
    public enum Expansion {
        /** ControllerExpandVolume, and perhaps the node afterwards. */
        CONTROLLER,
        /** Only the node: the controller has nothing to call. */
        NODE_ONLY,
        NONE
    }

    /**
     * The annotation volume.alpha.kubernetes.io/pre-resize-capacity (gate AnnotateFsResize). It is written along with the
     * new size of a volume that the node has yet to grow, and costs a write of its own only when it goes.
     */
    public enum PreResizeNote {
        /** Gone as soon as the claim has caught up, as external-resizer does when the gate is on. */
        ALWAYS,
        /**
         * The same where it is ever read, on volumes that outlive their claim. On others it stays until the next growth
         * replaces it; external-resizer, if it takes over, cleans up at its first look.
         */
        LAZILY,
        NEVER
    }

    /** Names given to the driver beside the parameters of the class. */
    public enum Metadata {
        LEFT_OUT,
        SENT
    }

    public Expansion expansion() {
        if (capabilities.has(ControllerCapability.EXPAND_VOLUME)) {
            return Expansion.CONTROLLER;
        }
        return capabilities.has(NodeCapability.EXPAND_VOLUME) ? Expansion.NODE_ONLY : Expansion.NONE;
    }

    public boolean modifies() {
        return capabilities.has(ControllerCapability.MODIFY_VOLUME);
    }
}
