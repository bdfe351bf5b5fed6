package solo.simulation;

import com.google.protobuf.Timestamp;
import csi.v1.CreateSnapshotRequest;
import csi.v1.CreateSnapshotResponse;
import csi.v1.DeleteSnapshotRequest;
import csi.v1.DeleteSnapshotResponse;
import csi.v1.GetSnapshotRequest;
import csi.v1.GetSnapshotResponse;
import csi.v1.ListSnapshotsRequest;
import csi.v1.ListSnapshotsResponse;
import csi.v1.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import solo.csi.ControllerService;
import solo.csi.CsiException;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;

/** Snapshots of the model driver, and what all its controller calls have in common. */
abstract class ModelSnapshots implements ControllerService {

    final ModelDriver.Options options;
    final ModelBackend backend;

    ModelSnapshots(ModelDriver.Options options, ModelBackend backend) {
        this.options = options;
        this.backend = backend;
    }

    /** One page of a list, and where the next begins; empty if there is none. */
    record Page<T>(List<T> entries, String nextToken) {}

    @Override
    public CreateSnapshotResponse createSnapshot(CreateSnapshotRequest request) throws CsiException {
        needs(ControllerCapability.CREATE_DELETE_SNAPSHOT);
        given(request.getName(), "name");
        ModelSnapshot known = backend.snapshotNamed(request.getName());
        if (known != null) {
            if (!known.volumeId().equals(request.getSourceVolumeId())) {
                throw new CsiException(
                        Code.ALREADY_EXISTS, "snapshot " + request.getName() + " is of volume " + known.volumeId());
            }
            return CreateSnapshotResponse.newBuilder()
                    .setSnapshot(message(known))
                    .build();
        }
        ModelVolume volume = existing(request.getSourceVolumeId());
        Instant now = options.clock().now();
        ModelSnapshot taken = backend.keep(new ModelSnapshot(
                backend.newId("snap"),
                request.getName(),
                volume.id(),
                volume.bytes(),
                now,
                now.plus(backend.snapshotting()),
                ""));
        return CreateSnapshotResponse.newBuilder().setSnapshot(message(taken)).build();
    }

    @Override
    public DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) throws CsiException {
        needs(ControllerCapability.CREATE_DELETE_SNAPSHOT);
        given(request.getSnapshotId(), "snapshot_id");
        ModelSnapshot snapshot = backend.snapshots().get(request.getSnapshotId());
        if (snapshot != null) {
            if (!snapshot.group().isEmpty()) {
                throw new CsiException(
                        Code.INVALID_ARGUMENT, "snapshot " + snapshot.id() + " is part of group " + snapshot.group());
            }
            backend.drop(snapshot);
        }
        return DeleteSnapshotResponse.getDefaultInstance();
    }

    @Override
    public ListSnapshotsResponse listSnapshots(ListSnapshotsRequest request) throws CsiException {
        needs(ControllerCapability.LIST_SNAPSHOTS);
        List<ModelSnapshot> found = backend.snapshots().values().stream()
                .filter(one -> request.getSnapshotId().isEmpty() || one.id().equals(request.getSnapshotId()))
                .filter(one ->
                        request.getSourceVolumeId().isEmpty() || one.volumeId().equals(request.getSourceVolumeId()))
                .toList();
        Page<ModelSnapshot> page = page(found, request.getStartingToken(), request.getMaxEntries());
        var answer = ListSnapshotsResponse.newBuilder().setNextToken(page.nextToken());
        page.entries()
                .forEach(one -> answer.addEntries(
                        ListSnapshotsResponse.Entry.newBuilder().setSnapshot(message(one))));
        return answer.build();
    }

    @Override
    public GetSnapshotResponse getSnapshot(GetSnapshotRequest request) throws CsiException {
        needs(ControllerCapability.GET_SNAPSHOT);
        ModelSnapshot snapshot = backend.snapshots().get(request.getSnapshotId());
        if (snapshot == null) {
            throw new CsiException(Code.NOT_FOUND, "snapshot " + request.getSnapshotId() + " not found");
        }
        return GetSnapshotResponse.newBuilder().setSnapshot(message(snapshot)).build();
    }

    final void needs(ControllerCapability capability) throws CsiException {
        if (!options.capabilities().has(capability)) {
            throw new CsiException(Code.UNIMPLEMENTED, "the model driver was made without " + capability);
        }
    }

    static void given(String value, String field) throws CsiException {
        if (value.isEmpty()) {
            throw new CsiException(Code.INVALID_ARGUMENT, field + " is missing");
        }
    }

    final ModelVolume existing(String id) throws CsiException {
        given(id, "volume_id");
        ModelVolume volume = backend.volume(id);
        if (volume == null) {
            throw new CsiException(Code.NOT_FOUND, "volume " + id + " not found");
        }
        return volume;
    }

    static <T> Page<T> page(Collection<T> all, String token, int atMost) throws CsiException {
        int start = token.isEmpty() ? 0 : token.matches("[0-9]{1,6}") ? Integer.parseInt(token) : -1;
        if (start < 0 || (start > 0 && start >= all.size())) {
            throw new CsiException(Code.ABORTED, "starting_token " + token + " is not valid");
        }
        int end = atMost == 0 ? all.size() : Math.min(all.size(), start + atMost);
        return new Page<>(new ArrayList<>(all).subList(start, end), end < all.size() ? Integer.toString(end) : "");
    }

    final Snapshot message(ModelSnapshot snapshot) {
        return Snapshot.newBuilder()
                .setSnapshotId(snapshot.id())
                .setSourceVolumeId(snapshot.volumeId())
                .setSizeBytes(snapshot.bytes())
                .setCreationTime(
                        Timestamp.newBuilder().setSeconds(snapshot.taken().getEpochSecond()))
                .setReadyToUse(!options.clock().now().isBefore(snapshot.ready()))
                .setGroupSnapshotId(snapshot.group())
                .build();
    }
}
