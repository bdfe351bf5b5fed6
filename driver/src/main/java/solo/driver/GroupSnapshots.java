package solo.driver;

import static org.slf4j.LoggerFactory.getLogger;

import csi.v1.CreateVolumeGroupSnapshotRequest;
import csi.v1.CreateVolumeGroupSnapshotResponse;
import csi.v1.DeleteVolumeGroupSnapshotRequest;
import csi.v1.DeleteVolumeGroupSnapshotResponse;
import csi.v1.GetVolumeGroupSnapshotRequest;
import csi.v1.GetVolumeGroupSnapshotResponse;
import csi.v1.GroupControllerGetCapabilitiesRequest;
import csi.v1.GroupControllerGetCapabilitiesResponse;
import csi.v1.GroupControllerServiceCapability.RPC;
import csi.v1.VolumeGroupSnapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import solo.csi.CsiException;
import solo.csi.GroupControllerService;
import solo.csi.model.ContentSource.FromVolume;
import solo.driver.backend.Backend;
import solo.driver.state.GroupSnapshot;
import solo.driver.state.Phase;
import solo.driver.state.Snapshot;
import solo.driver.state.VolumeIds;

/**
 * Snapshots of several volumes at one moment. The record of the group is written first and forgotten last; its members
 * exist for callers while it says that it is ready.
 */
final class GroupSnapshots implements GroupControllerService {
    private static final Logger log = getLogger(GroupSnapshots.class);

    /** What the snapshotter adds with --extra-create-metadata. */
    private static final Set<String> WHO_ASKED = Set.of(
            "csi.storage.k8s.io/volumegroupsnapshot/name",
            "csi.storage.k8s.io/volumegroupsnapshot/namespace",
            "csi.storage.k8s.io/volumegroupsnapshotcontent/name");

    private final LocalStorage storage;
    private final WriteAhead<Snapshot> snapshots;
    private final WriteAhead<GroupSnapshot> groups;
    private final Pool pool;
    private final Projects projects;
    private final SnapshotMessages messages;

    GroupSnapshots(LocalStorage storage, WriteAhead<Snapshot> snapshots) {
        this.storage = storage;
        this.snapshots = snapshots;
        this.groups = new WriteAhead<>(storage.groups(), this::removeMembers);
        this.pool = new Pool(storage);
        this.projects = new Projects(storage);
        this.messages = new SnapshotMessages(storage.options());
    }

    WriteAhead<GroupSnapshot> groups() {
        return groups;
    }

    @Override
    public GroupControllerGetCapabilitiesResponse groupControllerGetCapabilities(
            GroupControllerGetCapabilitiesRequest request) {
        var response = GroupControllerGetCapabilitiesResponse.newBuilder();
        response.addCapabilitiesBuilder()
                .setRpc(RPC.newBuilder().setType(RPC.Type.CREATE_DELETE_GET_VOLUME_GROUP_SNAPSHOT));
        return response.build();
    }

    @Override
    public CreateVolumeGroupSnapshotResponse createVolumeGroupSnapshot(CreateVolumeGroupSnapshotRequest request)
            throws CsiException {
        String name = Requests.name(request.getName());
        SortedSet<String> volumes = volumes(request.getSourceVolumeIdsList());
        Requests.parameters(request.getParametersMap(), WHO_ASKED, "VolumeGroupSnapshotClass");
        String id = VolumeIds.ofName(name);
        VolumeGroupSnapshot group =
                storage.aloneWithGroup(id, () -> message(groups.create(id, new Making(id, name, volumes))));
        return CreateVolumeGroupSnapshotResponse.newBuilder()
                .setGroupSnapshot(group)
                .build();
    }

    private static SortedSet<String> volumes(List<String> ids) throws CsiException {
        if (ids.isEmpty()) {
            throw Refusals.invalid("source_volume_ids is missing");
        }
        var volumes = new TreeSet<String>();
        for (String id : ids) {
            if (!volumes.add(Requests.required(id, "an id in source_volume_ids"))) {
                throw Refusals.invalid("source_volume_ids has volume " + id + " twice");
            }
        }
        return volumes;
    }

    private final class Making implements WriteAhead.Making<GroupSnapshot> {
        private final String id;
        private final String name;
        private final SortedSet<String> volumes;

        Making(String id, String name, SortedSet<String> volumes) {
            this.id = id;
            this.name = name;
            this.volumes = volumes;
        }

        @Override
        public GroupSnapshot same(GroupSnapshot ready) throws CsiException {
            if (!ready.members().keySet().equals(volumes)) {
                throw Refusals.alreadyExists("group snapshot " + id + " exists already and is one of the volumes "
                        + String.join(", ", ready.members().keySet()));
            }
            return ready;
        }

        @Override
        public GroupSnapshot begin() throws IOException, CsiException {
            var members = new TreeMap<String, String>();
            for (String volume : volumes) {
                Sources.find(storage, new FromVolume(volume));
                members.put(volume, VolumeIds.ofMember(id, volume));
            }
            var group = new GroupSnapshot(id, name, Phase.CREATING, Instant.now(), members);
            storage.groups().save(group);
            return group;
        }

        @Override
        public void make(GroupSnapshot group) throws IOException, CsiException {
            List<Snapshot> toBe = membersToBe(group);
            long bytes = toBe.stream().mapToLong(Snapshot::capacityBytes).sum();
            List<Snapshot> members = pool.give(bytes, () -> saved(toBe));
            for (Backend backend : storage.backends()) {
                backend.create(members.stream()
                        .filter(member -> member.backend().equals(backend.name()))
                        .toList());
            }
            // The volumes have no lock, so that a long copy holds up nobody; they must still be there at the end.
            membersToBe(group);
        }

        @Override
        public void made(GroupSnapshot group) {
            log.info("event=GroupSnapshotCreated group={} volumes={}", id, String.join(",", volumes));
        }
    }

    private List<Snapshot> membersToBe(GroupSnapshot group) throws IOException, CsiException {
        var members = new ArrayList<Snapshot>();
        for (Map.Entry<String, String> member : group.members().entrySet()) {
            String volume = member.getKey();
            Sources.Found found = Sources.find(storage, new FromVolume(volume));
            members.add(new Snapshot(
                    member.getValue(),
                    group.name(),
                    volume,
                    found.backend(),
                    Phase.READY,
                    found.capacityBytes(),
                    group.created(),
                    group.id()));
        }
        return members;
    }

    /** A repair that is under way may take an unfinished file for one that was left behind, so it must be kept out. */
    private List<Snapshot> saved(List<Snapshot> members) throws IOException, CsiException {
        var saved = new ArrayList<Snapshot>();
        for (Snapshot member : members) {
            String id = member.id();
            Backend backend = storage.backend(member);
            backend.setSnapshotAside(id)
                    .ifPresent(path -> log.warn("event=OrphanSetAside snapshot={} path={}", id, path));
            saved.add(storage.aloneWithSnapshot(
                    id,
                    () -> projects.give(backend, id, project -> {
                        storage.snapshots().save(member.ofProject(project));
                        return member.ofProject(project);
                    })));
        }
        return saved;
    }

    /** Those that there are; a half-made group may have some, and so may one that is half removed. */
    private void removeMembers(GroupSnapshot group) throws IOException {
        for (String id : group.members().values()) {
            Optional<Snapshot> member = storage.snapshots().find(id);
            if (member.isPresent()) {
                snapshots.remove(member.get().in(group.phase()));
            }
        }
    }

    /** No such group is fine; INVALID_ARGUMENT for a list of other members. */
    @Override
    public DeleteVolumeGroupSnapshotResponse deleteVolumeGroupSnapshot(DeleteVolumeGroupSnapshotRequest request)
            throws CsiException {
        String id = Requests.required(request.getGroupSnapshotId(), "group_snapshot_id");
        boolean deleted = storage.aloneWithGroup(
                id, () -> groups.delete(id, group -> refuseOthers(group, request.getSnapshotIdsList())));
        if (deleted) {
            log.info("event=GroupSnapshotDeleted group={}", id);
        }
        return DeleteVolumeGroupSnapshotResponse.getDefaultInstance();
    }

    @Override
    public GetVolumeGroupSnapshotResponse getVolumeGroupSnapshot(GetVolumeGroupSnapshotRequest request)
            throws CsiException {
        String id = Requests.required(request.getGroupSnapshotId(), "group_snapshot_id");
        return LocalStorage.answering(() -> {
            GroupSnapshot group =
                    storage.groups().ready(id).orElseThrow(() -> Refusals.notFound("there is no group snapshot " + id));
            refuseOthers(group, request.getSnapshotIdsList());
            return GetVolumeGroupSnapshotResponse.newBuilder()
                    .setGroupSnapshot(message(group))
                    .build();
        });
    }

    private static void refuseOthers(GroupSnapshot group, List<String> snapshotIds) throws CsiException {
        Collection<String> members = group.members().values();
        if (!new TreeSet<>(snapshotIds).equals(new TreeSet<>(members))) {
            throw Refusals.invalid("snapshot_ids is [" + String.join(", ", snapshotIds) + "], and the group snapshot "
                    + group.id() + " is made of [" + String.join(", ", members) + "]");
        }
    }

    private VolumeGroupSnapshot message(GroupSnapshot group) throws IOException {
        var members = new ArrayList<Snapshot>();
        for (String id : group.members().values()) {
            members.add(storage.snapshots()
                    .find(id)
                    .orElseThrow(() ->
                            new IOException("the record of snapshot " + id + " in group " + group.id() + " is gone")));
        }
        return messages.of(group, members);
    }
}
