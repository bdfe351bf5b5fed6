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
                            + " '*' is all but the last two, '-NAME' leaves one out. Default: ${DEFAULT-VALUE}.")
    public ControllerChoice choice = ControllerChoice.DEFAULT;
}
