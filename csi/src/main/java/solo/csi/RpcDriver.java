package solo.csi;

/** Makes a {@link Calls} a {@link Driver} again: what a controller is given, whether the driver is here or on a socket. */
public final class RpcDriver implements Driver {
    private final IdentityService identity;
    private final ControllerService controller;
    private final GroupControllerService groupController;
    private final SnapshotMetadataService snapshotMetadata;
    private final NodeService node;

    public RpcDriver(Calls calls) {
        this.identity = new RpcIdentityService(calls);
        this.controller = new RpcControllerService(calls);
        this.groupController = new RpcGroupControllerService(calls);
        this.snapshotMetadata = new RpcSnapshotMetadataService(calls);
        this.node = new RpcNodeService(calls);
    }

    @Override
    public IdentityService identity() {
        return identity;
    }

    @Override
    public ControllerService controller() {
        return controller;
    }

    @Override
    public GroupControllerService groupController() {
        return groupController;
    }

    @Override
    public SnapshotMetadataService snapshotMetadata() {
        return snapshotMetadata;
    }

    @Override
    public NodeService node() {
        return node;
    }
}
