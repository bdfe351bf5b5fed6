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

    /** The annotation volume.alpha.kubernetes.io/pre-resize-capacity (gate AnnotateFsResize). */
    public enum PreResizeNote {
        /** On every volume that the node has yet to grow, as external-resizer does when the gate is on. */
        ALWAYS,
        /** Only on volumes that outlive their claim: nobody reads the note of one that is deleted with it. */
        WHERE_READ,
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
