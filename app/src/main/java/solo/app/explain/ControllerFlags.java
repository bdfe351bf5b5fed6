package solo.app.explain;

import picocli.CommandLine.ArgGroup;
import solo.app.options.ProvisionerOptions;
import solo.app.options.ResizerFlags;
import solo.app.options.RetryOptions;
import solo.app.options.SharedFlags;
import solo.app.options.SnapshotterFlags;
import solo.app.options.SoloOptions;

/** The flags of the running controller on which its decisions depend; nobody can ask it for them. */
final class ControllerFlags {

    @ArgGroup(validate = false, heading = "%nAs the controller has them: provisioning%n")
    ProvisionerOptions provisioner = new ProvisionerOptions();

    @ArgGroup(validate = false, heading = "%nAs the controller has them: expanding and modifying%n")
    ResizerFlags resizer = new ResizerFlags();

    @ArgGroup(validate = false, heading = "%nAs the controller has them: snapshots%n")
    SnapshotterFlags snapshotter = new SnapshotterFlags();

    @ArgGroup(validate = false, heading = "%nAs the controller has them: all%n")
    SharedFlags shared = new SharedFlags();

    @ArgGroup(validate = false, heading = "%nAs the controller has them: retries%n")
    RetryOptions retry = new RetryOptions();

    /** Throws {@link IllegalArgumentException} with a sentence about what is wrong. */
    SoloOptions options() {
        SoloOptions options = new SoloOptions();
        options.provisioner = provisioner;
        options.resizer = resizer;
        options.snapshotter = snapshotter;
        options.shared = shared;
        options.retry = retry;
        options.check();
        return options;
    }
}
