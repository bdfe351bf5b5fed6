package solo.attacher;

import java.util.ArrayList;
import java.util.List;
import solo.attacher.csi.VolumePublisher;
import solo.attacher.model.AttachingDriver;
import solo.csi.Driver;
import solo.csi.model.ControllerCapability;
import solo.csi.model.PluginCapability;
import solo.kube.Controller;

/**
 * external-attacher: the controllers that serve one driver, chosen by what it can do.
 *
 * @param disputes has to be told how to make the first of the controllers look at a key
 */
public record Attacher(List<Controller> controllers, Disputes disputes) {

    /** Names of queues in metrics, as in Go; the third has none there. */
    public static final String ATTACHMENTS = "csi-attacher-va";

    static final String VOLUMES = "csi-attacher-pv";
    static final String PUBLISHED_NODES = "csi-attacher-published-nodes";

    public Attacher {
        controllers = List.copyOf(controllers);
    }

    public static Attacher of(AttachingDriver driver, Driver calls, Ports ports, AttacherOptions options) {
        Disputes disputes = new Disputes();
        AttachmentTriggers triggers = new AttachmentTriggers(driver, ports.cluster());
        List<Controller> controllers = new ArrayList<>();
        if (attaches(driver)) {
            VolumePublisher publisher = new VolumePublisher(calls, options.maxEntries());
            controllers.add(new Controller(
                    ATTACHMENTS,
                    new AttachmentReconciler(driver, publisher, ports, disputes),
                    options.workers(),
                    options.backoff(),
                    triggers.attachments()));
            if (listsPublishedNodes(driver)) {
                controllers.add(new Controller(
                        PUBLISHED_NODES,
                        new PublishedNodesReconciler(driver, publisher, ports, disputes, options.reconcileSync()),
                        1,
                        options.backoff(),
                        triggers.publishedNodes()));
            }
        } else {
            controllers.add(new Controller(
                    ATTACHMENTS,
                    new TrivialAttachmentReconciler(driver, ports),
                    options.workers(),
                    options.backoff(),
                    triggers.trivial()));
        }
        controllers.add(new Controller(
                VOLUMES,
                new VolumeFinalizerReconciler(driver, ports),
                options.workers(),
                options.backoff(),
                triggers.volumes()));
        return new Attacher(controllers, disputes);
    }

    static boolean attaches(AttachingDriver driver) {
        return driver.capabilities().has(PluginCapability.CONTROLLER_SERVICE)
                && driver.can(ControllerCapability.PUBLISH_UNPUBLISH_VOLUME);
    }

    static boolean listsPublishedNodes(AttachingDriver driver) {
        return driver.can(ControllerCapability.LIST_VOLUMES)
                && driver.can(ControllerCapability.LIST_VOLUMES_PUBLISHED_NODES);
    }
}
