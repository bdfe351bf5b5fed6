package solo.provisioner;

import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Cluster;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Projected;
import solo.provisioner.model.Protection;
import solo.provisioner.model.SourceDecision;
import solo.provisioner.model.SourceDecision.Release;
import solo.provisioner.rules.SourceRelease;

/** Sources of one kind: who needs them, and how they are let go. */
final class ProtectedSources<R extends Projected> {

    private static final Logger log = LoggerFactory.getLogger(ProtectedSources.class);

    private final Ports ports;
    private final ClaimMemory memory;
    private final Kind<R> kind;
    private final Protection protection;

    ProtectedSources(Ports ports, ClaimMemory memory, Kind<R> kind, Protection protection) {
        this.ports = ports;
        this.memory = memory;
        this.kind = kind;
        this.protection = protection;
    }

    /** Lets the source go if nothing needs it. A decision to release that comes back has been carried out. */
    SourceDecision letGo(R source) throws ApiException {
        SourceDecision first = decide(source);
        if (!(first instanceof Release)) {
            return first;
        }
        // Asked again where nobody can begin any more: who comes last sees whoever came before.
        String name = Kinds.source(protection.kind(), source.key());
        memory.restores().close(name);
        try {
            SourceDecision decision = decide(source);
            if (decision instanceof Release(var finalizer)) {
                release(source, finalizer);
            }
            return decision;
        } finally {
            memory.restores().open(name);
        }
    }

    /** The same once a volume is saved. The source is read, because its kind need not be watched, if nobody needs it. */
    void filled(ObjectKey key) throws ApiException {
        if (SourceRelease.neededBy(key, protection, claims(key)) == null) {
            R source = ports.cluster().live(kind, key);
            if (source != null) {
                var _ = letGo(source);
            }
        }
    }

    private SourceDecision decide(R source) {
        return SourceRelease.decide(source.meta(), protection, claims(source.key()));
    }

    /** Those that say so, and those that have gone while their volumes may still come. */
    private List<PersistentVolumeClaim> claims(ObjectKey source) {
        Cluster cluster = ports.cluster();
        Stream<PersistentVolumeClaim> unfilled =
                cluster
                        .store(Kinds.CLAIM)
                        .byIndex(Kinds.CLAIM_BY_SOURCE, Kinds.source(protection.kind(), source))
                        .stream()
                        .filter(claim -> cluster.store(Kinds.VOLUME)
                                .byIndex(Kinds.VOLUME_BY_CLAIM, claim.uid())
                                .isEmpty());
        return Stream.of(unfilled, memory.restores().underWay().stream(), memory.inBackground().stream())
                .flatMap(claims -> claims)
                .toList();
    }

    private void release(R source, String finalizer) throws ApiException {
        try {
            var _ = ports.writes()
                    .patch(
                            kind,
                            source.key(),
                            Patch.removeFinalizers(source.meta().finalizers(), List.of(finalizer))
                                    .ifUid(source.uid()));
            log.info("source={} kind={} released", source.key(), protection.kind());
        } catch (ApiException failure) {
            if (failure.failure() != Failure.NOT_FOUND) {
                throw failure;
            }
        }
    }
}
