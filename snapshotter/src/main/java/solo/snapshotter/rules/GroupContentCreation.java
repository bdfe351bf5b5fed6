package solo.snapshotter.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import solo.csi.model.DriverError;
import solo.csi.model.Secrets;
import solo.kube.model.ObjectKey;
import solo.kube.model.SecretReference;
import solo.kube.model.VolumeGroupSnapshotClass;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeGroupSnapshotContent.Member;
import solo.kube.model.VolumeGroupSnapshotContent.Status;
import solo.snapshotter.model.GroupAnswer;
import solo.snapshotter.model.GroupAnswer.Call;
import solo.snapshotter.model.GroupContentDecision;
import solo.snapshotter.model.GroupContentEffect;
import solo.snapshotter.model.GroupContentEffect.MarkBeingCreated;
import solo.snapshotter.model.GroupContentEffect.ReadSecret;
import solo.snapshotter.model.GroupContentEffect.SaveStatus;
import solo.snapshotter.model.GroupContentEffect.Take;
import solo.snapshotter.model.GroupContentEffect.UnmarkBeingCreated;
import solo.snapshotter.model.GroupContentReason.Attempt;
import solo.snapshotter.model.GroupContentReason.NotReady;
import solo.snapshotter.model.GroupContentReason.NotTaken;
import solo.snapshotter.model.GroupContentReason.Problem;
import solo.snapshotter.model.GroupContentView;
import solo.snapshotter.model.GroupTakeRequest;
import solo.snapshotter.model.GroupingDriver;
import solo.snapshotter.model.SecretAnswer;
import solo.snapshotter.model.SnapshottingDriver.Metadata;
import solo.snapshotter.model.TakenGroup;
import solo.snapshotter.rules.ContentParameters.Parameters;

/**
 * What brings a group content to snapshots that are ready? One that is to be taken is asked for by
 * CreateVolumeGroupSnapshot until it is ready, which is how CSI polls; one that is imported by GetVolumeGroupSnapshot.
 */
final class GroupContentCreation {
    private GroupContentCreation() {}

    static GroupContentDecision decide(GroupContentView view, GroupingDriver driver) {
        VolumeGroupSnapshotContent content = view.content();
        return switch (view.driver()) {
            case GroupAnswer.Taken(var group) -> answered(content, group);
            case GroupAnswer.Refused(var call, var error) -> refused(content, call, error);
            case GroupAnswer.NotAsked(), GroupAnswer.Deleted() -> ask(view, driver);
        };
    }

    private static GroupContentDecision ask(GroupContentView view, GroupingDriver driver) {
        VolumeGroupSnapshotContent content = view.content();
        if (content.ready()) {
            return GroupContentRules.beingCreated(content)
                    ? GroupContentDecision.run(new UnmarkBeingCreated())
                    : GroupContentDecision.done();
        }
        VolumeGroupSnapshotContent.Handles handles = content.source().handles();
        if (handles != null) {
            return get(view, handles);
        }
        // Neither source: CEL refuses it, and where it does not nothing can be done.
        return content.source().volumeHandles().isEmpty() ? GroupContentDecision.done() : take(view, driver);
    }

    /** An imported group is looked up with the Secret that its class names for that. */
    private static GroupContentDecision get(GroupContentView view, VolumeGroupSnapshotContent.Handles handles) {
        VolumeGroupSnapshotContent content = view.content();
        VolumeGroupSnapshotClass ofClass = view.groupClass();
        SecretReference secret = content.className() == null
                ? new SecretReference.None()
                : ofClass == null
                        ? new SecretReference.Bad(
                                "failed to get group snapshot class " + content.className() + ": not found")
                        : SnapshotSecrets.ofGetting(
                                ofClass.parameters(), content.key().name());
        return switch (secret) {
            case SecretReference.None() -> get(handles, Secrets.NONE);
            case SecretReference.Bad(var why) -> noSecret(content, why);
            case SecretReference.Named(var key) ->
                switch (view.secret()) {
                    case SecretAnswer.NotAsked() -> GroupContentDecision.run(new ReadSecret(key));
                    case SecretAnswer.Read(var secrets) -> get(handles, secrets);
                    case SecretAnswer.Missing(var why) -> noSecret(content, why);
                    case SecretAnswer.Unreadable(var why) -> noSecret(content, why);
                };
        };
    }

    private static GroupContentDecision get(VolumeGroupSnapshotContent.Handles handles, Secrets secrets) {
        return GroupContentDecision.run(new GroupContentEffect.Get(handles.group(), handles.snapshots(), secrets));
    }

    private static GroupContentDecision take(GroupContentView view, GroupingDriver driver) {
        VolumeGroupSnapshotContent content = view.content();
        // One call may be under way for a content that is to go: only its answer sets it free, and whether the class is
        // still there, or was ever right, must not stand in the way.
        boolean going = content.meta().deleting() && GroupContentRules.beingCreated(content);
        VolumeGroupSnapshotClass ofClass = view.groupClass();
        if (ofClass == null && !going) {
            return GroupContentDecision.waiting(
                    problem(content, new Problem.ClassMissing(content.key().name(), content.className())));
        }
        Map<String, String> classParameters = ofClass == null ? Map.of() : ofClass.parameters();
        Map<String, String> parameters;
        switch (ContentParameters.of(classParameters)) {
            case Parameters.Given(var values) -> parameters = values;
            case Parameters.Bad(var why) -> {
                if (!going) {
                    return GroupContentDecision.waiting(problem(content, new Problem.BadParameters(why)));
                }
                parameters = ContentParameters.unreserved(classParameters);
            }
        }
        return switch (SnapshotSecrets.noted(content)) {
            case SecretReference.None() -> call(content, parameters, Secrets.NONE, driver);
            case SecretReference.Bad(var why) -> noSecret(content, why);
            case SecretReference.Named(var key) ->
                switch (view.secret()) {
                    case SecretAnswer.NotAsked() -> GroupContentDecision.run(new ReadSecret(key));
                    case SecretAnswer.Read(var secrets) -> call(content, parameters, secrets, driver);
                    case SecretAnswer.Missing(var why) ->
                        going ? call(content, parameters, Secrets.NONE, driver) : noSecret(content, why);
                    case SecretAnswer.Unreadable(var why) -> noSecret(content, why);
                };
        };
    }

    private static GroupContentDecision call(
            VolumeGroupSnapshotContent content,
            Map<String, String> parameters,
            Secrets secrets,
            GroupingDriver driver) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        ObjectKey group = content.group();
        if (driver.alone().metadata() == Metadata.GIVEN && group != null) {
            all.put("csi.storage.k8s.io/volumegroupsnapshot/name", group.name());
            all.put("csi.storage.k8s.io/volumegroupsnapshot/namespace", group.namespace());
            all.put(
                    "csi.storage.k8s.io/volumegroupsnapshotcontent/name",
                    content.key().name());
        }
        List<GroupContentEffect> effects = new ArrayList<>();
        effects.add(new MarkBeingCreated());
        effects.add(new Take(new GroupTakeRequest(
                driver.naming().of(content.groupUid()), content.source().volumeHandles(), all, secrets)));
        return new GroupContentDecision.Run(effects);
    }

    /** First the answer is saved, and only then may the content be deleted again. */
    private static GroupContentDecision answered(VolumeGroupSnapshotContent content, TakenGroup told) {
        TreeSet<String> of = new TreeSet<>();
        told.members().stream().map(Member::volumeHandle).forEach(of::add);
        TreeSet<String> wanted = new TreeSet<>(content.source().volumeHandles());
        boolean whole = content.source().handles() != null || of.equals(wanted);
        // csi-snapshotter leaves the list of an imported group empty: its members are imported one by one.
        TakenGroup noted = content.source().handles() == null
                ? told
                : new TakenGroup(told.handle(), told.creationTime(), told.ready(), List.of());
        Status status = StatusOf.groupContent(content.status(), noted, whole);
        NotTaken differs = new NotTaken(
                Attempt.LATER, new Problem.MembersDiffer(told.handle(), List.copyOf(of), List.copyOf(wanted)));
        if (!whole
                && content.status() != null
                && content.status().error() != null
                && differs.message().equals(content.status().error().message())) {
            status = new Status(
                    status.handle(),
                    status.creationTime(),
                    status.readyToUse(),
                    content.status().error(),
                    status.members());
        }
        List<GroupContentEffect> effects = new ArrayList<>();
        if (!status.equals(content.status())) {
            effects.add(new SaveStatus(status));
        }
        if (GroupContentRules.beingCreated(content)) {
            effects.add(new UnmarkBeingCreated());
        }
        if (!effects.isEmpty()) {
            return new GroupContentDecision.Run(effects);
        }
        if (!whole) {
            return GroupContentDecision.waiting(differs);
        }
        return told.ready() ? GroupContentDecision.done() : GroupContentDecision.waiting(new NotReady(told.handle()));
    }

    private static GroupContentDecision refused(VolumeGroupSnapshotContent content, Call call, DriverError error) {
        if (call == Call.TAKE && error.isFinal() && GroupContentRules.beingCreated(content)) {
            return GroupContentDecision.run(new UnmarkBeingCreated());
        }
        VolumeGroupSnapshotContent.Handles handles = content.source().handles();
        return GroupContentDecision.waiting(problem(
                content,
                handles == null
                        ? new Problem.DriverRefused(content.source().volumeHandles(), error)
                        : new Problem.GetRefused(handles.group(), error)));
    }

    private static GroupContentDecision noSecret(VolumeGroupSnapshotContent content, String why) {
        return GroupContentDecision.waiting(
                problem(content, new Problem.SecretUnusable(content.key().name(), why)));
    }

    private static NotTaken problem(VolumeGroupSnapshotContent content, Problem problem) {
        boolean first = content.source().handles() == null && content.status() == null;
        return new NotTaken(first ? Attempt.FIRST : Attempt.LATER, problem);
    }
}
