package solo.provisioner.rules;

import java.util.List;
import solo.kube.model.PersistentVolumeClaim;
import solo.provisioner.model.Fact;
import solo.provisioner.model.ProvisionerNames;
import solo.provisioner.model.ProvisioningEffect;
import solo.provisioner.model.ProvisioningEffect.ProtectClaim;
import solo.provisioner.model.ProvisioningEffect.ProtectSnapshot;
import solo.provisioner.model.ProvisioningEffect.ReleaseSnapshot;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.rules.DataSourceChoice.Choice;

/** What keeps the source of a volume alive while it is copied. Written last of all preparations, so never in vain. */
final class SourceProtection {
    private SourceProtection() {}

    static List<ProvisioningEffect> before(ProvisioningView view) {
        return switch (DataSourceChoice.ask(view).value()) {
            case Choice.Empty() -> List.of();
            case Choice.Snapshot(var key) ->
                view.facts().snapshot() instanceof Fact.Known<?>(solo.kube.model.VolumeSnapshot snapshot)
                                && !snapshot.meta().hasFinalizer(ProvisionerNames.SNAPSHOT_FINALIZER)
                        ? List.of(new ProtectSnapshot(snapshot))
                        : List.of();
            case Choice.Clone(var key) -> {
                PersistentVolumeClaim source = view.sources().claim();
                yield source == null || source.meta().hasFinalizer(ProvisionerNames.CLONE_FINALIZER)
                        ? List.of()
                        : List.of(new ProtectClaim(source));
            }
        };
    }

    /** A snapshot is let go if this was the last restore, which is seen only then; a cloned claim when it is deleted. */
    static List<ProvisioningEffect> after(ProvisioningView view) {
        return DataSourceChoice.ask(view).value() instanceof Choice.Snapshot(var key)
                ? List.of(new ReleaseSnapshot(key))
                : List.of();
    }
}
