package solo.snapshotter.model;

import java.time.Instant;
import java.util.List;
import solo.kube.model.VolumeGroupSnapshotContent.Member;

/** A group of snapshots as the driver describes it. */
public record TakenGroup(String handle, Instant creationTime, boolean ready, List<Member> members) {
    public TakenGroup {
        members = List.copyOf(members);
    }
}
