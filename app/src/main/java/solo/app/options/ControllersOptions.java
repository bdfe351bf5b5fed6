package solo.app.options;

import picocli.CommandLine.Option;

/** Which controllers run. */
public final class ControllersOptions {

    @Option(
            names = "--controllers",
            defaultValue = "*",
            converter = ControllerChoice.Converter.class,
            paramLabel = "NAMES",
            description =
                    "Which of provisioner, attacher, resizer, snapshotter, snapshot-controller, healthmonitor run;"
                            + " '*' is all but the last two, '-NAME' leaves one out. snapshot-controller alone serves"
                            + " every driver of the cluster and opens none. Default: ${DEFAULT-VALUE}.")
    public ControllerChoice choice = ControllerChoice.DEFAULT;
}
