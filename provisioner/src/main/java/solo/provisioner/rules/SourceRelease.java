package solo.provisioner.rules;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectMeta;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.PersistentVolumeClaim.DataSource;
import solo.provisioner.model.Protection;
import solo.provisioner.model.SourceDecision;
import solo.provisioner.model.SourceDecision.Keep;
import solo.provisioner.model.SourceDecision.Release;
import solo.provisioner.model.SourceDecision.StillNeeded;
import solo.provisioner.model.SourceDecision.Wait;

/**
 * When a cloned claim or a restored snapshot may be deleted. Every claim that waits counts, by either data source field
 * and from any namespace, and so does one that is gone while its volume may still be on its way.
 */
public final class SourceRelease {
    private SourceRelease() {}

    public static SourceDecision decide(ObjectMeta source, Protection protection, List<PersistentVolumeClaim> claims) {
        boolean early = protection.release() == Protection.Release.WHEN_DELETED && !source.deleting();
        if (early || !source.hasFinalizer(protection.finalizer())) {
            return new Keep();
        }
        ObjectKey by = neededBy(source.key(), protection, claims);
        return by == null
                ? new Release(protection.finalizer())
                : new Wait(new StillNeeded(protection.kind(), source.key(), by));
    }

    /** The first claim that waits to be filled from the source; null for none. */
    public static @Nullable ObjectKey neededBy(
            ObjectKey source, Protection protection, List<PersistentVolumeClaim> claims) {
        return claims.stream()
                .filter(PersistentVolumeClaim::pending)
                .filter(claim -> isFilledFrom(claim, source, protection))
                .map(PersistentVolumeClaim::key)
                .sorted()
                .findFirst()
                .orElse(null);
    }

    /** The source of a kind that a claim is filled from, in any way that would make us protect it. */
    public static Stream<ObjectKey> sources(PersistentVolumeClaim claim, Protection protection) {
        return claim.dataSources()
                .filter(source -> source.kind().equals(protection.kind()) && sameGroup(source, protection))
                .map(source -> source.in(claim.key().namespace()))
                .distinct();
    }

    private static boolean isFilledFrom(PersistentVolumeClaim claim, ObjectKey source, Protection protection) {
        return sources(claim, protection).anyMatch(source::equals);
    }

    /** No group is taken for the right one. */
    private static boolean sameGroup(DataSource source, Protection protection) {
        return source.apiGroup() == null || source.apiGroup().equals(protection.group());
    }
}
