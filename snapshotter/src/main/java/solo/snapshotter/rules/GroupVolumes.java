package solo.snapshotter.rules;

import java.util.ArrayList;
import java.util.List;
import solo.kube.model.Actor;
import solo.kube.model.CsiSource;
import solo.kube.model.LabelSelector;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.snapshotter.model.GroupView;
import solo.snapshotter.model.GroupView.SelectedClaim;

/** Which volumes is a group taken of? Those of all claims that its selector means; one that has none holds up all. */
final class GroupVolumes {

    /** A CSI volume and its PersistentVolume. */
    record Source(CsiSource csi, PersistentVolume volume) {}

    /** The volumes, or why there are none; {@code code} says it in one word. */
    sealed interface Volumes {
        record Found(List<Source> volumes) implements Volumes {
            public Found {
                volumes = List.copyOf(volumes);
            }
        }

        record Refused(String code, String why, Actor actor) implements Volumes {}
    }

    private GroupVolumes() {}

    static Volumes of(GroupView view) {
        LabelSelector selector = view.group().source().selector();
        String problem = selector == null ? null : selector.problem();
        if (problem != null) {
            return new Volumes.Refused("BadSelector", "label selector " + selector + ": " + problem, Actor.USER);
        }
        if (view.claims().isEmpty()) {
            return new Volumes.Refused(
                    "NoClaims",
                    "label selector " + selector + " for group snapshot not applied to any PVC",
                    Actor.USER);
        }
        List<Source> volumes = new ArrayList<>();
        for (SelectedClaim selected : view.claims()) {
            switch (of(selected)) {
                case VolumeToSnapshot.Volume.Refused(var code, var why, var actor) -> {
                    return new Volumes.Refused(code, why, actor);
                }
                case VolumeToSnapshot.Volume.Found(var csi, var volume) -> volumes.add(new Source(csi, volume));
            }
        }
        return new Volumes.Found(volumes);
    }

    private static VolumeToSnapshot.Volume of(SelectedClaim selected) {
        PersistentVolumeClaim claim = selected.claim();
        return claim.status().phase().equals("Bound") && claim.spec().volumeName() != null
                ? VolumeToSnapshot.ofBound(claim, selected.volume())
                : new VolumeToSnapshot.Volume.Refused(
                        "ClaimNotBound",
                        "the PVC " + claim.key().name()
                                + " is not yet bound to a PV, will not attempt to take a group snapshot",
                        Actor.USER);
    }
}
