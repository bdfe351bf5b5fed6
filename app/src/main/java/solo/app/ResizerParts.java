package solo.app;

import java.util.List;
import solo.app.options.ResizerFlags;
import solo.app.options.SoloOptions;
import solo.kube.Backoff;
import solo.kube.Clock;
import solo.kube.Controller;
import solo.kube.Leadership;
import solo.kube.fabric8.EventRecorder;
import solo.kube.fabric8.KubernetesConnection;
import solo.resizer.Ports;
import solo.resizer.Resizer;
import solo.resizer.ResizerOptions;
import solo.resizer.ResizerOptions.AttributesClasses;
import solo.resizer.ResizerOptions.VolumesInUse;
import solo.resizer.csi.VolumeChanges;
import solo.resizer.model.ResizingDriver;
import solo.resizer.model.ResizingDriver.Metadata;
import solo.resizer.model.ResizingDriver.PreResizeNote;

/** The resizer, put together from flags; no controllers for a driver that can neither expand nor modify. */
final class ResizerParts {

    private ResizerParts() {}

    static List<Controller> of(
            DriverAccess access,
            KubernetesConnection connection,
            SoloOptions options,
            Leadership leadership,
            EventRecorder events)
            throws StartupProblem {
        ResizerFlags flags = options.resizer;
        ResizingDriver driver = new ResizingDriver(
                access.identity().name(),
                access.capabilities(),
                options.retry.max,
                PreResizeNote.LAZILY,
                flags.extraModifyMetadata ? Metadata.SENT : Metadata.LEFT_OUT);
        return Resizer.of(
                driver,
                new VolumeChanges(
                        access.forController(leadership, options.resizeTimeout()),
                        access.forController(leadership, options.modifyTimeout())),
                new Ports(
                        connection.cluster(),
                        connection.writes(leadership),
                        events.as(component(access)),
                        Clock.SYSTEM),
                new ResizerOptions(
                        flags.workers,
                        new Backoff(options.retry.start, options.retry.max),
                        flags.handleVolumeInUse ? VolumesInUse.HANDLED : VolumesInUse.NOT_HANDLED,
                        new ServedKinds(connection, options.gates()).attributesClasses()
                                ? AttributesClasses.SERVED
                                : AttributesClasses.NOT_SERVED));
    }

    /** The source component of the resizer's events, as in Go. */
    static String component(DriverAccess access) {
        return "external-resizer " + access.identity().name();
    }
}
