package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import csi.v1.BlockMetadata;
import csi.v1.CreateSnapshotRequest;
import csi.v1.DeleteSnapshotRequest;
import csi.v1.GetMetadataAllocatedRequest;
import csi.v1.GetMetadataDeltaRequest;
import java.util.ArrayList;
import java.util.List;
import solo.csi.CsiException;
import solo.csi.SnapshotMetadataService;
import solo.csi.model.Code;

/** Two snapshots of a volume, and what is told of their blocks. */
record VolumeBlocks(TestDriver driver, VolumeLife life) {
    /** From nothing to nothing: all of it can be repeated, whatever is there already. */
    void tell() throws CsiException {
        String base = snapshot("base-of-" + life.id());
        String target = snapshot("target-of-" + life.id());
        if (life.isImage()) {
            ofAnImage(base, target);
        } else {
            Refused.with(Code.FAILED_PRECONDITION, () -> allocated(base)).contains("no blocks to tell of");
            Refused.with(Code.FAILED_PRECONDITION, () -> changed(base, target)).contains("no blocks to tell of");
        }
        delete(base);
        delete(target);
    }

    private void ofAnImage(String base, String target) throws CsiException {
        List<BlockMetadata> allocated = allocated(base);
        assertThat(allocated(base)).isEqualTo(allocated);
        if (life.written()) {
            assertThat(allocated).as("blocks of %s", life).isNotEmpty();
        }
        List<BlockMetadata> changed = changed(base, target);
        assertThat(changed(base, target)).isEqualTo(changed);
        if (nobodyWrites()) {
            assertThat(changed).as("changed blocks of %s", life).isEmpty();
        }
    }

    /** The kernel writes a filesystem's journal also without being asked. */
    private boolean nobodyWrites() {
        return life.id().equals(ImageRequests.BLOCK) || !life.isStaged();
    }

    private String snapshot(String name) throws CsiException {
        return driver.controller()
                .createSnapshot(CreateSnapshotRequest.newBuilder()
                        .setName(name)
                        .setSourceVolumeId(life.id())
                        .build())
                .getSnapshot()
                .getSnapshotId();
    }

    private void delete(String snapshot) throws CsiException {
        driver.controller()
                .deleteSnapshot(DeleteSnapshotRequest.newBuilder()
                        .setSnapshotId(snapshot)
                        .build());
    }

    private List<BlockMetadata> allocated(String snapshot) throws CsiException {
        var blocks = new ArrayList<BlockMetadata>();
        blocks().getMetadataAllocated(
                        GetMetadataAllocatedRequest.newBuilder()
                                .setSnapshotId(snapshot)
                                .build(),
                        page -> blocks.addAll(page.getBlockMetadataList()));
        return blocks;
    }

    private List<BlockMetadata> changed(String base, String target) throws CsiException {
        var blocks = new ArrayList<BlockMetadata>();
        blocks().getMetadataDelta(
                        GetMetadataDeltaRequest.newBuilder()
                                .setBaseSnapshotId(base)
                                .setTargetSnapshotId(target)
                                .build(),
                        page -> blocks.addAll(page.getBlockMetadataList()));
        return blocks;
    }

    private SnapshotMetadataService blocks() {
        return driver.driver().snapshotMetadata();
    }
}
