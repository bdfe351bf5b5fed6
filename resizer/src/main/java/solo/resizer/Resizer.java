package solo.resizer;

import java.util.ArrayList;
import java.util.List;
import solo.kube.Controller;
import solo.kube.Kinds;
import solo.resizer.ResizerOptions.AttributesClasses;
import solo.resizer.ResizerOptions.VolumesInUse;
import solo.resizer.csi.VolumeChanges;
import solo.resizer.model.ExpansionMemory;
import solo.resizer.model.ResizingDriver;
import solo.resizer.model.ResizingDriver.Expansion;

/** external-resizer: the controllers that serve one driver, chosen by what it can do. */
public final class Resizer {
    private Resizer() {}

    /** Empty for a driver that can neither grow nor change volumes. */
    public static List<Controller> of(
            ResizingDriver driver, VolumeChanges changes, Ports ports, ResizerOptions options) {
        List<Controller> controllers = new ArrayList<>();
        if (driver.expansion() != Expansion.NONE) {
            controllers.add(expansion(driver, changes, ports, options));
        }
        if (driver.modifies() && options.classes() == AttributesClasses.SERVED) {
            controllers.add(new Controller(
                    modification(driver),
                    new ModifyReconciler(driver, changes, ports),
                    options.workers(),
                    options.backoff(),
                    new ResizerTriggers(ports.cluster(), driver.name()).ofClasses()));
        }
        return controllers;
    }

    /** As the queue is called in Go, where both of them have this name and their metrics collide. */
    public static String expansion(ResizingDriver driver) {
        return driver.name() + "-pvc";
    }

    public static String modification(ResizingDriver driver) {
        return driver.name() + "-pvc-modify";
    }

    private static Controller expansion(
            ResizingDriver driver, VolumeChanges changes, Ports ports, ResizerOptions options) {
        boolean watchPods = options.volumesInUse() == VolumesInUse.HANDLED;
        ClaimMemory<ExpansionMemory> memory = new ClaimMemory<>(ExpansionMemory.NONE);
        ExpansionViews views =
                new ExpansionViews(ports, watchPods ? ports.cluster().store(Kinds.POD) : null, memory);
        ResizerTriggers triggers = new ResizerTriggers(ports.cluster(), driver.name());
        return new Controller(
                expansion(driver),
                new ExpansionReconciler(driver, changes, ports, views, memory),
                options.workers(),
                options.backoff(),
                watchPods ? triggers.ofSizesAndPods(memory) : triggers.ofSizes());
    }
}
