package solo.snapshotter.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import solo.csi.model.DriverError;
import solo.csi.model.Secrets;
import solo.kube.model.ObjectKey;
import solo.kube.model.SecretReference;
import solo.kube.model.VolumeSnapshotClass;
import solo.kube.model.VolumeSnapshotContent;
import solo.kube.model.VolumeSnapshotContent.Status;
import solo.snapshotter.model.ContentDecision;
import solo.snapshotter.model.ContentEffect;
import solo.snapshotter.model.ContentEffect.MarkBeingCreated;
import solo.snapshotter.model.ContentEffect.ReadSecret;
import solo.snapshotter.model.ContentEffect.SaveStatus;
import solo.snapshotter.model.ContentEffect.Take;
import solo.snapshotter.model.ContentEffect.UnmarkBeingCreated;
import solo.snapshotter.model.ContentReason.Attempt;
import solo.snapshotter.model.ContentReason.GroupNotTaken;
import solo.snapshotter.model.ContentReason.NotReady;
import solo.snapshotter.model.ContentReason.NotTaken;
import solo.snapshotter.model.ContentReason.Problem;
import solo.snapshotter.model.ContentView;
import solo.snapshotter.model.ContentView.BoundSnapshot;
import solo.snapshotter.model.DriverAnswer;
import solo.snapshotter.model.DriverAnswer.Call;
import solo.snapshotter.model.SecretAnswer;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshottingDriver;
import solo.snapshotter.model.SnapshottingDriver.Listing;
import solo.snapshotter.model.SnapshottingDriver.Metadata;
import solo.snapshotter.model.TakeRequest;
import solo.snapshotter.rules.ContentParameters.Parameters;

/**
 * What brings a content to a snapshot that is ready? One that is to be taken is asked for by CreateSnapshot until it is
 * ready, which is how CSI polls; one that is imported, or was taken with a group, by ListSnapshots.
 */
final class ContentCreation {
    private ContentCreation() {}

    static ContentDecision decide(ContentView view, SnapshottingDriver driver) {
        VolumeSnapshotContent content = view.content();
        return switch (view.driver()) {
            case DriverAnswer.Taken(var snapshot) -> answered(content, StatusOf.content(content.status(), snapshot));
            case DriverAnswer.Refused(var call, var error) -> refused(content, call, error);
            case DriverAnswer.Unknown(var handle) ->
                ContentDecision.waiting(problem(content, new Problem.HandleUnknown(handle)));
            case DriverAnswer.NotAsked(), DriverAnswer.Deleted() -> ask(view, driver);
        };
    }

    private static ContentDecision ask(ContentView view, SnapshottingDriver driver) {
        VolumeSnapshotContent content = view.content();
        if (content.ready()) {
            return ContentRules.beingCreated(content)
                    ? ContentDecision.run(new UnmarkBeingCreated())
                    : ContentDecision.done();
        }
        // Its deletion may have begun already: asking again would take another one, which nobody would know of.
        if (content.meta().deleting() && view.snapshot() == BoundSnapshot.GONE && !ContentRules.beingCreated(content)) {
            return ContentDecision.done();
        }
        String known = ContentLookUp.handle(content);
        if (known != null) {
            // One that was just taken with its group is not ready for want of a list; the group tells when it is.
            return driver.listing() == Listing.IMPOSSIBLE && content.source().snapshotHandle() == null
                    ? ContentDecision.waiting(new NotReady(known))
                    : ContentLookUp.decide(view, known);
        }
        if (content.meta().annotation(SnapshotNames.IN_GROUP_CONTENT) != null) {
            return ContentDecision.waiting(new GroupNotTaken());
        }
        String volume = content.source().volumeHandle();
        // Neither source: CEL refuses it, and where it does not nothing can be done.
        return volume == null ? ContentDecision.done() : take(view, volume, driver);
    }

    private static ContentDecision take(ContentView view, String volume, SnapshottingDriver driver) {
        VolumeSnapshotContent content = view.content();
        // One CreateSnapshot may be under way for a content that is to go: only its answer sets it free, and whether
        // the class is still there, or was ever right, must not stand in the way.
        boolean going = content.meta().deleting() && ContentRules.beingCreated(content);
        VolumeSnapshotClass ofClass = view.snapshotClass();
        if (ofClass == null && !going) {
            return ContentDecision.waiting(
                    problem(content, new Problem.ClassMissing(content.key().name(), content.className())));
        }
        Map<String, String> classParameters = ofClass == null ? Map.of() : ofClass.parameters();
        Map<String, String> parameters;
        switch (ContentParameters.of(classParameters)) {
            case Parameters.Given(var values) -> parameters = values;
            case Parameters.Bad(var why) -> {
                if (!going) {
                    return ContentDecision.waiting(problem(content, new Problem.BadParameters(why)));
                }
                parameters = ContentParameters.unreserved(classParameters);
            }
        }
        return switch (SnapshotSecrets.noted(content)) {
            case SecretReference.None() -> call(content, volume, parameters, Secrets.NONE, driver);
            case SecretReference.Bad(var why) -> noSecret(content, why);
            case SecretReference.Named(var key) ->
                switch (view.secret()) {
                    case SecretAnswer.NotAsked() -> ContentDecision.run(new ReadSecret(key));
                    case SecretAnswer.Read(var secrets) -> call(content, volume, parameters, secrets, driver);
                    case SecretAnswer.Missing(var why) ->
                        going ? call(content, volume, parameters, Secrets.NONE, driver) : noSecret(content, why);
                    case SecretAnswer.Unreadable(var why) -> noSecret(content, why);
                };
        };
    }

    private static ContentDecision call(
            VolumeSnapshotContent content,
            String volume,
            Map<String, String> parameters,
            Secrets secrets,
            SnapshottingDriver driver) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        ObjectKey snapshot = content.snapshot();
        if (driver.metadata() == Metadata.GIVEN && snapshot != null) {
            all.put("csi.storage.k8s.io/volumesnapshot/name", snapshot.name());
            all.put("csi.storage.k8s.io/volumesnapshot/namespace", snapshot.namespace());
            all.put(
                    "csi.storage.k8s.io/volumesnapshotcontent/name",
                    content.key().name());
        }
        List<ContentEffect> effects = new ArrayList<>();
        if (!bornBeingCreated(content)) {
            effects.add(new MarkBeingCreated());
        }
        effects.add(new Take(new TakeRequest(volume, driver.naming().of(content.snapshotUid()), all, secrets)));
        return new ContentDecision.Run(effects);
    }

    /** As the joined halves make it, so that the first call costs no write; nobody has been answered for it yet. */
    private static boolean bornBeingCreated(VolumeSnapshotContent content) {
        return ContentRules.beingCreated(content)
                && content.status() == null
                && !content.meta().deleting();
    }

    /** First the answer is saved, and only then may the content be deleted again. */
    private static ContentDecision answered(VolumeSnapshotContent content, Status told) {
        List<ContentEffect> effects = new ArrayList<>();
        if (!told.equals(content.status())) {
            effects.add(new SaveStatus(told));
        }
        if (ContentRules.beingCreated(content)) {
            effects.add(new UnmarkBeingCreated());
        }
        if (!effects.isEmpty()) {
            return new ContentDecision.Run(effects);
        }
        return Boolean.TRUE.equals(told.readyToUse())
                ? ContentDecision.done()
                : ContentDecision.waiting(new NotReady(String.valueOf(told.snapshotHandle())));
    }

    private static ContentDecision refused(VolumeSnapshotContent content, Call call, DriverError error) {
        if (call == Call.TAKE && error.isFinal() && ContentRules.beingCreated(content)) {
            return ContentDecision.run(new UnmarkBeingCreated());
        }
        String handle = ContentLookUp.handle(content);
        return ContentDecision.waiting(problem(
                content,
                handle == null
                        ? new Problem.DriverRefused(
                                String.valueOf(content.source().volumeHandle()), error)
                        : new Problem.LookUpRefused(handle, error)));
    }

    private static ContentDecision noSecret(VolumeSnapshotContent content, String why) {
        return ContentDecision.waiting(
                problem(content, new Problem.SecretUnusable(content.key().name(), why)));
    }

    static NotTaken problem(VolumeSnapshotContent content, Problem problem) {
        boolean first = content.source().volumeHandle() != null && content.status() == null;
        return new NotTaken(first ? Attempt.FIRST : Attempt.LATER, problem);
    }
}
