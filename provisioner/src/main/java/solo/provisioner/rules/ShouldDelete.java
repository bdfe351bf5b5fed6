package solo.provisioner.rules;

import org.jspecify.annotations.Nullable;
import solo.kube.model.PersistentVolume;
import solo.provisioner.model.DeletionReason;
import solo.provisioner.model.DeletionReason.AlreadyDeleted;
import solo.provisioner.model.DeletionReason.OnOtherNode;
import solo.provisioner.model.DeletionReason.OtherDriver;
import solo.provisioner.model.DeletionReason.Retained;
import solo.provisioner.model.DeletionReason.SharedHandle;
import solo.provisioner.model.DeletionReason.StillAttached;
import solo.provisioner.model.DeletionReason.StillWanted;
import solo.provisioner.model.DeletionView;
import solo.provisioner.model.ProvisionerNames;

/** Whether a PersistentVolume's time has come; each question answers null to go on. */
final class ShouldDelete {

    private static final String RELEASED = "Released";

    private ShouldDelete() {}

    static @Nullable DeletionReason ours(DeletionView view) {
        return VolumeOfThisDriver.is(view.volume(), view.options().driver())
                ? null
                : new OtherDriver(VolumeOfThisDriver.owner(view.volume()));
    }

    static @Nullable DeletionReason here(DeletionView view) {
        return OwnNode.holds(view.volume(), view.options()) ? null : new OnOtherNode();
    }

    /** A Bound volume with a deletion time waits for its claim, in whatever order the two are deleted. */
    static @Nullable DeletionReason asked(DeletionView view) {
        PersistentVolume volume = view.volume();
        if (volume.meta().deleting() && !volume.meta().hasFinalizer(ProvisionerNames.VOLUME_FINALIZER)) {
            return new AlreadyDeleted();
        }
        if (!volume.phase().equals(RELEASED)) {
            return new StillWanted(volume.phase());
        }
        return volume.reclaimPolicy().equals(FinalizerUpkeep.DELETE) ? null : new Retained(volume.reclaimPolicy());
    }

    /** Unlike Go: two PersistentVolumes of one volume happen with static ones, and the other may be in use. */
    static @Nullable DeletionReason onlyOne(DeletionView view) {
        for (PersistentVolume other : view.sameHandle()) {
            boolean goesToo =
                    other.phase().equals(RELEASED) && other.reclaimPolicy().equals(FinalizerUpkeep.DELETE);
            if (!goesToo) {
                return new SharedHandle(other.key().name());
            }
        }
        return null;
    }

    /** Any attachment blocks: attached or not, deleting or not, whoever attaches. */
    static @Nullable DeletionReason detached(DeletionView view) {
        return view.attachments().isEmpty()
                ? null
                : new StillAttached(
                        view.volume().key().name(),
                        view.attachments().getFirst().nodeName());
    }
}
