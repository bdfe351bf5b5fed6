package solo.provisioner;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import solo.kube.ApiException;
import solo.kube.Change;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.Trigger;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Projected;
import solo.kube.model.Retry;
import solo.provisioner.model.Protection;
import solo.provisioner.model.SourceDecision;
import solo.provisioner.model.SourceDecision.NotReleased;
import solo.provisioner.rules.SourceRelease;

/** Lets go of cloned claims, or of restored snapshots, once no claim waits to be filled from them. */
final class SourceReconciler<R extends Projected> implements Reconciler {

    private final Ports ports;
    private final ProtectedSources<R> sources;
    private final Kind<R> kind;
    private final Protection protection;
    private final Duration again;

    /** {@code again}: how often something that is still needed is looked at even if nothing changes. */
    SourceReconciler(Ports ports, ClaimMemory memory, Kind<R> kind, Protection protection, Duration again) {
        this.ports = ports;
        this.sources = new ProtectedSources<>(ports, memory, kind, protection);
        this.kind = kind;
        this.protection = protection;
        this.again = again;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        R source = ports.cluster().store(kind).get(key);
        if (source == null) {
            return Outcome.done();
        }
        try {
            return switch (sources.letGo(source)) {
                case SourceDecision.Keep() -> Outcome.done();
                case SourceDecision.Release(var finalizer) -> Outcome.done();
                case SourceDecision.Wait(var reason) -> Outcome.waiting(reason, Retry.after(again), null);
            };
        } catch (ApiException failure) {
            return Outcome.waiting(new NotReleased(key, String.valueOf(failure.getMessage())), Retry.backoff(), null);
        }
    }

    /** The source itself, and every claim that may have stopped or begun to need it. */
    List<Trigger<?>> triggers() {
        return List.of(new Trigger<>(kind, this::changed), new Trigger<>(Kinds.CLAIM, this::claimChanged));
    }

    private Collection<ObjectKey> changed(Change<R> change) {
        R after = change.after();
        return after != null && after.meta().hasFinalizer(protection.finalizer()) ? List.of(after.key()) : List.of();
    }

    private Collection<ObjectKey> claimChanged(Change<PersistentVolumeClaim> change) {
        return Stream.of(change.before(), change.after())
                .flatMap(Stream::ofNullable)
                .flatMap(claim -> SourceRelease.sources(claim, protection))
                .distinct()
                .toList();
    }
}
