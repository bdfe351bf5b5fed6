package solo.csi;

/**
 * A storage driver: the five CSI services as plain blocking Java. Whoever implements this has a whole CSI deployment;
 * only {@link #identity()} is required, whatever else is left out answers UNIMPLEMENTED.
 *
 * <p>Every method may be called from many threads at once, and again with the same request after a crash or timeout:
 * CSI requires each call to be safe to repeat. An interrupt means that the caller has stopped waiting.
 */
public interface Driver {
    IdentityService identity();

    default ControllerService controller() {
        return new ControllerService() {};
    }

    default GroupControllerService groupController() {
        return new GroupControllerService() {};
    }

    default SnapshotMetadataService snapshotMetadata() {
        return new SnapshotMetadataService() {};
    }

    default NodeService node() {
        return new NodeService() {};
    }
}
