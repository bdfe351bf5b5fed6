package solo.app.explain;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solo.app.explain.DriverFacts.Installed;
import solo.kube.model.Actor;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Reason;

/** From a claim's situation to what is told of it. */
final class ClaimExplanation {

    private static final String PROTECTION = "kubernetes.io/pvc-protection";

    private final ClaimSituation situation;
    private final DriverFacts driver;
    private final List<Rehearsal> claims;
    private final List<RehearsedAttachment> attachments;

    /**
     * @param claims what the controllers would do about the claim
     * @param attachments those of its volume
     */
    ClaimExplanation(
            ClaimSituation situation,
            DriverFacts driver,
            List<Rehearsal> claims,
            List<RehearsedAttachment> attachments) {
        this.situation = situation;
        this.driver = driver;
        this.claims = claims;
        this.attachments = attachments;
    }

    Explanation explain() {
        PersistentVolumeClaim claim = situation.claim();
        if (claim.meta().deleting()) {
            return deleting(claim);
        }
        return switch (claim.status().phase()) {
            case "Bound" -> bound(claim);
            case "Lost" ->
                Explanation.of(
                        Stage.LOST,
                        "PersistentVolume " + claim.spec().volumeName()
                                + ", to which it was bound, does not exist any more",
                        Actor.ADMINISTRATOR);
            default -> pending();
        };
    }

    private Explanation deleting(PersistentVolumeClaim claim) {
        List<String> users =
                situation.pods().stream().map(pod -> pod.key().name()).toList();
        if (claim.meta().hasFinalizer(PROTECTION) && !users.isEmpty()) {
            return Explanation.of(
                    Stage.DELETING, "still used by pod " + String.join(", ", users) + "; delete it too", Actor.USER);
        }
        return new Explanation(
                Stage.DELETING,
                claim.meta().finalizers().isEmpty()
                        ? "it goes next"
                        : "kept by its finalizers "
                                + String.join(", ", claim.meta().finalizers())
                                + " until whoever set them takes them off",
                Actor.KUBERNETES,
                effects(claims));
    }

    private Explanation pending() {
        Explanation before = BeforeBinding.of(situation);
        if (before != null) {
            return before;
        }
        Optional<Rehearsal> provisioning = named(claims, "claims");
        Reason reason = provisioning.map(Rehearsal::reason).orElse(null);
        if (reason != null) {
            return new Explanation(
                    Stage.PREPARING,
                    reason.message(),
                    reason.actor(),
                    provisioning.orElseThrow().effects());
        }
        if (driver.installed() == Installed.NOT_SEEN) {
            return new Explanation(
                    Stage.WAITS_FOR_DRIVER,
                    "nothing in the cluster knows the driver " + driver.name()
                            + ": no CSIDriver object, no node where it is registered; install it, or mend the class's"
                            + " provisioner",
                    Actor.ADMINISTRATOR,
                    effects(claims));
        }
        return new Explanation(
                Stage.WAITS_FOR_DRIVER,
                "all is there; " + driver.name() + " is asked to make the volume",
                Actor.DRIVER,
                effects(claims));
    }

    private Explanation bound(PersistentVolumeClaim claim) {
        PersistentVolume volume = situation.volume();
        if (volume == null) {
            return Explanation.of(
                    Stage.LOST, "PersistentVolume " + claim.spec().volumeName() + " is not there", Actor.ADMINISTRATOR);
        }
        Explanation detachment = situation.pods().isEmpty() ? Detachment.of(attachments, driver.name()) : null;
        if (detachment != null) {
            return detachment;
        }
        Explanation change = change(claim);
        if (change != null) {
            return change;
        }
        return situation.pods().isEmpty()
                ? unused()
                : used(volume, situation.pods().getFirst());
    }

    private Explanation unused() {
        return attachments.isEmpty()
                ? Explanation.of(Stage.BOUND, "no pod uses it", null)
                : Explanation.of(
                        Stage.BOUND,
                        "no pod uses it; the controller-manager has it detached from node "
                                + attachments.getFirst().node() + " once the kubelet there has unmounted it",
                        Actor.KUBERNETES);
    }

    /** Growth and modification, also what of them is only left to the node. */
    private @Nullable Explanation change(PersistentVolumeClaim claim) {
        for (Rehearsal rehearsal : claims) {
            if (rehearsal.controller().equals("claims")) {
                continue;
            }
            Stage stage = differs(claim) ? Stage.MODIFYING : Stage.EXPANDING;
            Reason reason = rehearsal.reason();
            return reason != null
                    ? new Explanation(stage, reason.message(), reason.actor(), rehearsal.effects())
                    : new Explanation(stage, driver.name() + " is asked to do it", Actor.DRIVER, rehearsal.effects());
        }
        String status = claim.status().allocatedStorageStatus();
        if (status != null && status.startsWith("Node")) {
            return status.equals("NodeResizeInfeasible")
                    ? Explanation.of(
                            Stage.EXPANDING,
                            "the node cannot grow it to " + asked(claim) + "; ask for less",
                            Actor.USER)
                    : Explanation.of(
                            Stage.EXPANDING,
                            situation.pods().isEmpty()
                                    ? "the backend has grown; the filesystem grows on the node when a pod mounts it"
                                    : "the backend has grown; the kubelet grows the filesystem",
                            situation.pods().isEmpty() ? Actor.USER : Actor.KUBERNETES);
        }
        return null;
    }

    private static boolean differs(PersistentVolumeClaim claim) {
        String asked = claim.spec().volumeAttributesClassName();
        return asked != null && !asked.equals(claim.status().currentVolumeAttributesClassName());
    }

    private static String asked(PersistentVolumeClaim claim) {
        return String.valueOf(claim.spec().storage());
    }

    private Explanation used(PersistentVolume volume, PodUse pod) {
        String who = "pod " + pod.key().name();
        if (pod.node().isEmpty()) {
            return Explanation.of(
                    Stage.WAITS_FOR_NODE,
                    "the scheduler has no node for " + who + " yet"
                            + (pod.unscheduled() == null ? "" : ": " + pod.unscheduled()),
                    Actor.KUBERNETES);
        }
        RehearsedAttachment here = attachments.stream()
                .filter(one -> one.node().equals(pod.node()))
                .findFirst()
                .orElse(null);
        if (here != null && here.detaching()) {
            return waitsFor(here, who);
        }
        if (driver.attaches() && (here == null || !here.attachment().status().attached())) {
            return attaching(pod, here);
        }
        if (pod.phase().equals("Running")) {
            return Explanation.of(Stage.MOUNTED, "in " + who + " on node " + pod.node(), null);
        }
        return Explanation.of(
                Stage.MOUNTING,
                "the kubelet of node " + pod.node() + " mounts " + volume.key().name() + " for " + who,
                Actor.KUBERNETES);
    }

    /** @param here null if its node has none yet */
    private Explanation attaching(PodUse pod, @Nullable RehearsedAttachment here) {
        String where = "node " + pod.node();
        if (here == null) {
            // One that is being detached already is what to look at.
            return attachments.stream()
                    .min(Comparator.comparing(other -> !other.detaching()))
                    .map(other -> other.detaching()
                            ? waitsFor(other, "pod " + pod.key().name())
                            : Explanation.of(
                                    Stage.ATTACHING,
                                    "still attached to node " + other.node() + ", from which it must be detached first",
                                    Actor.KUBERNETES))
                    .orElseGet(() -> Explanation.of(
                            Stage.ATTACHING,
                            "the controller-manager asks for it to be attached to " + where + " next",
                            Actor.KUBERNETES));
        }
        Reason reason = here.reason();
        if (reason != null) {
            return new Explanation(Stage.ATTACHING, reason.message(), reason.actor(), here.effects());
        }
        var error = here.attachment().status().attachError();
        return new Explanation(
                Stage.ATTACHING,
                driver.name() + " is asked to attach it to " + where
                        + (error == null ? "" : "; the last answer was: " + error.message()),
                Actor.DRIVER,
                here.effects());
    }

    /** A volume is attached anew only once it has been detached. */
    private Explanation waitsFor(RehearsedAttachment going, String who) {
        Explanation detachment = Detachment.of(going, driver.name());
        return new Explanation(
                detachment.stage(),
                who + " waits until it is detached: " + detachment.why(),
                detachment.actor(),
                detachment.effects());
    }

    private static Optional<Rehearsal> named(List<Rehearsal> rehearsals, String controller) {
        return rehearsals.stream()
                .filter(rehearsal -> rehearsal.controller().equals(controller))
                .findFirst();
    }

    private static List<String> effects(List<Rehearsal> rehearsals) {
        return rehearsals.stream()
                .flatMap(rehearsal -> rehearsal.effects().stream())
                .toList();
    }
}
