package solo.simulation;

import com.google.protobuf.Timestamp;
import csi.v1.CreateVolumeGroupSnapshotRequest;
import csi.v1.CreateVolumeGroupSnapshotResponse;
import csi.v1.DeleteVolumeGroupSnapshotRequest;
import csi.v1.DeleteVolumeGroupSnapshotResponse;
import csi.v1.GetVolumeGroupSnapshotRequest;
import csi.v1.GetVolumeGroupSnapshotResponse;
import csi.v1.GroupControllerGetCapabilitiesRequest;
import csi.v1.GroupControllerGetCapabilitiesResponse;
import csi.v1.GroupControllerServiceCapability;
import csi.v1.VolumeGroupSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import solo.csi.CsiException;
import solo.csi.GroupControllerService;
import solo.csi.model.Code;
import solo.csi.model.GroupCapability;

/** Groups of snapshots of the model driver: taken and deleted as a whole, and strict about their members. */
final class ModelGroups implements GroupControllerService {
    private final ModelDriver.Options options;
    private final ModelBackend backend;
    private final ModelSnapshots snapshots;

    ModelGroups(ModelDriver.Options options, ModelBackend backend, ModelSnapshots snapshots) {
        this.options = options;
        this.backend = backend;
        this.snapshots = snapshots;
    }

    @Override
    public GroupControllerGetCapabilitiesResponse groupControllerGetCapabilities(
            GroupControllerGetCapabilitiesRequest request) {
        var answer = GroupControllerGetCapabilitiesResponse.newBuilder();
        for (GroupCapability capability : options.capabilities().group()) {
            answer.addCapabilities(GroupControllerServiceCapability.newBuilder()
                    .setRpc(GroupControllerServiceCapability.RPC.newBuilder().setTypeValue(capability.number())));
        }
        return answer.build();
    }

    @Override
    public CreateVolumeGroupSnapshotResponse createVolumeGroupSnapshot(CreateVolumeGroupSnapshotRequest request)
            throws CsiException {
        needs();
        ModelSnapshots.given(request.getName(), "name");
        List<String> volumes = request.getSourceVolumeIdsList();
        if (volumes.isEmpty()) {
            throw new CsiException(Code.INVALID_ARGUMENT, "source_volume_ids are missing");
        }
        ModelGroup known = backend.groupNamed(request.getName());
        if (known != null) {
            if (!Set.copyOf(known.volumeIds()).equals(new HashSet<>(volumes))) {
                throw new CsiException(
                        Code.ALREADY_EXISTS, "group " + request.getName() + " is of volumes " + known.volumeIds());
            }
            return CreateVolumeGroupSnapshotResponse.newBuilder()
                    .setGroupSnapshot(message(known))
                    .build();
        }
        List<ModelVolume> of = new ArrayList<>();
        for (String volume : volumes) {
            of.add(snapshots.existing(volume));
        }
        Instant now = options.clock().now();
        ModelGroup taken = new ModelGroup(backend.newId("group"), request.getName(), volumes, now);
        List<ModelSnapshot> members = new ArrayList<>();
        for (ModelVolume volume : of) {
            members.add(new ModelSnapshot(
                    backend.newId("snap"),
                    request.getName() + "/" + volume.id(),
                    volume.id(),
                    volume.bytes(),
                    now,
                    now.plus(backend.snapshotting()),
                    taken.id()));
        }
        backend.keep(taken, members);
        return CreateVolumeGroupSnapshotResponse.newBuilder()
                .setGroupSnapshot(message(taken))
                .build();
    }

    @Override
    public DeleteVolumeGroupSnapshotResponse deleteVolumeGroupSnapshot(DeleteVolumeGroupSnapshotRequest request)
            throws CsiException {
        needs();
        ModelSnapshots.given(request.getGroupSnapshotId(), "group_snapshot_id");
        ModelGroup group = backend.groups().get(request.getGroupSnapshotId());
        if (group != null) {
            refuseOthers(group, request.getSnapshotIdsList());
            backend.drop(group);
        }
        return DeleteVolumeGroupSnapshotResponse.getDefaultInstance();
    }

    @Override
    public GetVolumeGroupSnapshotResponse getVolumeGroupSnapshot(GetVolumeGroupSnapshotRequest request)
            throws CsiException {
        needs();
        ModelGroup group = backend.groups().get(request.getGroupSnapshotId());
        if (group == null) {
            throw new CsiException(Code.NOT_FOUND, "group " + request.getGroupSnapshotId() + " not found");
        }
        refuseOthers(group, request.getSnapshotIdsList());
        return GetVolumeGroupSnapshotResponse.newBuilder()
                .setGroupSnapshot(message(group))
                .build();
    }

    private void needs() throws CsiException {
        if (!options.capabilities().has(GroupCapability.CREATE_DELETE_GET_VOLUME_GROUP_SNAPSHOT)) {
            throw new CsiException(Code.UNIMPLEMENTED, "the model driver was made without groups");
        }
    }

    private void refuseOthers(ModelGroup group, List<String> ids) throws CsiException {
        Set<String> members = new HashSet<>();
        backend.members(group).forEach(one -> members.add(one.id()));
        if (!members.equals(new HashSet<>(ids))) {
            throw new CsiException(Code.INVALID_ARGUMENT, "group " + group.id() + " is made of " + members);
        }
    }

    private VolumeGroupSnapshot message(ModelGroup group) {
        var message = VolumeGroupSnapshot.newBuilder()
                .setGroupSnapshotId(group.id())
                .setCreationTime(Timestamp.newBuilder().setSeconds(group.taken().getEpochSecond()));
        boolean ready = true;
        for (ModelSnapshot member : backend.members(group)) {
            csi.v1.Snapshot one = snapshots.message(member);
            ready &= one.getReadyToUse();
            message.addSnapshots(one);
        }
        return message.setReadyToUse(ready).build();
    }
}
