package solo.driver;

import static org.slf4j.LoggerFactory.getLogger;

import csi.v1.BlockMetadata;
import csi.v1.BlockMetadataType;
import csi.v1.GetMetadataAllocatedRequest;
import csi.v1.GetMetadataAllocatedResponse;
import csi.v1.GetMetadataDeltaRequest;
import csi.v1.GetMetadataDeltaResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import solo.csi.CsiException;
import solo.csi.Sink;
import solo.csi.SnapshotMetadataService;
import solo.driver.blocks.AllocatedBlocks;
import solo.driver.blocks.BlockRanges;
import solo.driver.blocks.ChangedBlocks;
import solo.driver.blocks.JoinedRanges;
import solo.driver.linux.FileRange;
import solo.driver.linux.SparseFile;
import solo.driver.state.Snapshot;

/**
 * Which blocks of an image's snapshot hold data, and in which two of one volume differ, in either order. Blocks that are
 * not named hold zeros, or are the same; so are those by which the volume has grown, which a base does not have.
 */
final class SnapshotBlocks implements SnapshotMetadataService {
    private static final Logger log = getLogger(SnapshotBlocks.class);

    /** Extents in a message, whatever more the caller would take: some 20 kB. */
    private static final int LONGEST_PAGE = 1024;

    private final LocalStorage storage;

    SnapshotBlocks(LocalStorage storage) {
        this.storage = storage;
    }

    @Override
    public void getMetadataAllocated(GetMetadataAllocatedRequest request, Sink<GetMetadataAllocatedResponse> sink)
            throws CsiException {
        String id = Requests.required(request.getSnapshotId(), "snapshot_id");
        int size = pageSize(request.getMaxResults());
        LocalStorage.answering(() -> {
            try (SparseFile file = open(find(id))) {
                long from = offset(request.getStartingOffset(), file);
                var answer = GetMetadataAllocatedResponse.newBuilder()
                        .setBlockMetadataType(BlockMetadataType.VARIABLE_LENGTH)
                        .setVolumeCapacityBytes(file.bytes());
                send(
                        new AllocatedBlocks(file, from),
                        size,
                        page -> sink.accept(
                                answer.clone().addAllBlockMetadata(page).build()));
                return id;
            }
        });
    }

    @Override
    public void getMetadataDelta(GetMetadataDeltaRequest request, Sink<GetMetadataDeltaResponse> sink)
            throws CsiException {
        String baseId = Requests.required(request.getBaseSnapshotId(), "base_snapshot_id");
        String targetId = Requests.required(request.getTargetSnapshotId(), "target_snapshot_id");
        int size = pageSize(request.getMaxResults());
        LocalStorage.answering(() -> {
            Snapshot base = find(baseId);
            Snapshot target = find(targetId);
            if (!base.sourceVolume().equals(target.sourceVolume())) {
                throw Refusals.invalid("snapshot " + baseId + " is one of volume " + base.sourceVolume() + ", and "
                        + targetId + " of volume " + target.sourceVolume() + "; a delta is between two of one volume");
            }
            try (SparseFile before = open(base);
                    SparseFile after = open(target);
                    var changed = new ChangedBlocks(before, after, offset(request.getStartingOffset(), after))) {
                var answer = GetMetadataDeltaResponse.newBuilder()
                        .setBlockMetadataType(BlockMetadataType.VARIABLE_LENGTH)
                        .setVolumeCapacityBytes(after.bytes());
                send(
                        changed,
                        size,
                        page -> sink.accept(
                                answer.clone().addAllBlockMetadata(page).build()));
                log.debug(
                        "event=SnapshotsCompared base={} target={} bytesRead={}", baseId, targetId, changed.compared());
                return targetId;
            }
        });
    }

    private Snapshot find(String id) throws IOException, CsiException {
        return storage.readySnapshot(id).orElseThrow(() -> Refusals.notFound("there is no snapshot " + id));
    }

    /** What is open stays readable to its end, even if the snapshot is deleted. */
    private SparseFile open(Snapshot snapshot) throws IOException, CsiException {
        Optional<SparseFile> opened;
        try {
            opened = storage.backend(snapshot).blocks(snapshot);
        } catch (IOException failure) {
            find(snapshot.id());
            throw failure;
        }
        SparseFile file = opened.orElseThrow(() -> Refusals.precondition("snapshot " + snapshot.id()
                + " is one of the backend " + snapshot.backend() + ", which has no blocks to tell of; copy all of it"));
        try {
            // Deleted and made anew meanwhile, it might be the file of a copy that is under way.
            if (!find(snapshot.id()).equals(snapshot)) {
                throw Refusals.notFound("snapshot " + snapshot.id() + " has just been deleted");
            }
            long missing = snapshot.capacityBytes() - file.bytes();
            if (missing > 0) {
                throw new IOException("the file of snapshot " + snapshot.id() + " is " + missing + " bytes short");
            }
            return file;
        } catch (IOException | CsiException refusal) {
            file.close();
            throw refusal;
        }
    }

    private static int pageSize(int maxResults) throws CsiException {
        if (maxResults < 0) {
            throw Refusals.invalid("max_results cannot be negative: " + maxResults);
        }
        return maxResults == 0 ? LONGEST_PAGE : Math.min(maxResults, LONGEST_PAGE);
    }

    /** The end itself is where an interrupted call goes on that had got everything. */
    private static long offset(long startingOffset, SparseFile file) throws CsiException {
        if (startingOffset < 0 || startingOffset > file.bytes()) {
            throw Refusals.outOfRange(
                    "starting_offset is " + startingOffset + ", and the volume has " + file.bytes() + " bytes");
        }
        return startingOffset;
    }

    private interface Page {
        void send(List<BlockMetadata> blocks) throws CsiException;
    }

    private static void send(BlockRanges pieces, int size, Page page) throws IOException, CsiException {
        var ranges = new JoinedRanges(pieces);
        var blocks = new ArrayList<BlockMetadata>();
        for (Optional<FileRange> range = ranges.next(); range.isPresent(); range = ranges.next()) {
            blocks.add(BlockMetadata.newBuilder()
                    .setByteOffset(range.get().start())
                    .setSizeBytes(range.get().bytes())
                    .build());
            if (blocks.size() == size) {
                page.send(blocks);
                blocks.clear();
            }
        }
        if (!blocks.isEmpty()) {
            page.send(blocks);
        }
    }
}
