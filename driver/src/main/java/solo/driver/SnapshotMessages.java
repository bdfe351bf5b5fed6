package solo.driver;

import com.google.protobuf.Timestamp;
import csi.v1.VolumeGroupSnapshot;
import java.time.Instant;
import java.util.List;
import solo.driver.LocalDriverOptions.Feature;
import solo.driver.state.GroupSnapshot;
import solo.driver.state.Snapshot;

/** Our snapshots, which are all ready and on this node, in CSI's messages. */
final class SnapshotMessages {
    private final LocalDriverOptions options;

    SnapshotMessages(LocalDriverOptions options) {
        this.options = options;
    }

    csi.v1.Snapshot of(Snapshot snapshot) {
        var message = csi.v1.Snapshot.newBuilder()
                .setSnapshotId(snapshot.id())
                .setSourceVolumeId(snapshot.sourceVolume())
                .setSizeBytes(snapshot.capacityBytes())
                .setCreationTime(timestamp(snapshot.created()))
                .setReadyToUse(true)
                .setGroupSnapshotId(snapshot.group());
        if (options.has(Feature.TOPOLOGY)) {
            message.addAccessibleTopology(NodeTopology.message(options.nodeId()));
        }
        return message.build();
    }

    VolumeGroupSnapshot of(GroupSnapshot group, List<Snapshot> members) {
        return VolumeGroupSnapshot.newBuilder()
                .setGroupSnapshotId(group.id())
                .addAllSnapshots(members.stream().map(this::of).toList())
                .setCreationTime(timestamp(group.created()))
                .setReadyToUse(true)
                .build();
    }

    private static Timestamp timestamp(Instant time) {
        long millis = time.toEpochMilli();
        return Timestamp.newBuilder()
                .setSeconds(millis / 1000)
                .setNanos((int) (millis % 1000) * 1_000_000)
                .build();
    }
}
