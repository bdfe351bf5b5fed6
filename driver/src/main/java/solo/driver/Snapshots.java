package solo.driver;

import static org.slf4j.LoggerFactory.getLogger;

import csi.v1.CreateSnapshotRequest;
import csi.v1.CreateSnapshotResponse;
import csi.v1.DeleteSnapshotRequest;
import csi.v1.DeleteSnapshotResponse;
import csi.v1.GetSnapshotRequest;
import csi.v1.GetSnapshotResponse;
import csi.v1.ListSnapshotsRequest;
import csi.v1.ListSnapshotsResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import solo.csi.CsiException;
import solo.csi.model.ContentSource.FromVolume;
import solo.driver.LocalDriverOptions.Feature;
import solo.driver.backend.Backend;
import solo.driver.state.Phase;
import solo.driver.state.Snapshot;
import solo.driver.state.VolumeIds;

/** The calls about snapshots. A snapshot is a copy of its own: neither it nor its volume needs the other. */
final class Snapshots {
    private static final Logger log = getLogger(Snapshots.class);

    /** What the snapshotter adds with --extra-create-metadata. */
    private static final Set<String> WHO_ASKED = Set.of(
            "csi.storage.k8s.io/volumesnapshot/name",
            "csi.storage.k8s.io/volumesnapshot/namespace",
            "csi.storage.k8s.io/volumesnapshotcontent/name");

    private final LocalStorage storage;
    private final WriteAhead<Snapshot> snapshots;
    private final Pool pool;
    private final Projects projects;
    private final SnapshotMessages messages;

    Snapshots(LocalStorage storage) {
        this.storage = storage;
        this.snapshots = new WriteAhead<>(
                storage.snapshots(), snapshot -> storage.backend(snapshot).delete(snapshot));
        this.pool = new Pool(storage);
        this.projects = new Projects(storage);
        this.messages = new SnapshotMessages(storage.options());
    }

    CreateSnapshotResponse create(CreateSnapshotRequest request) throws CsiException {
        String name = Requests.name(request.getName());
        String source = Requests.required(request.getSourceVolumeId(), "source_volume_id");
        Requests.parameters(request.getParametersMap(), WHO_ASKED, "VolumeSnapshotClass");
        String id = VolumeIds.ofName(name);
        Snapshot snapshot = storage.aloneWithSnapshot(id, () -> {
            checkTopology(request, id);
            return snapshots.create(id, making(id, name, source));
        });
        return CreateSnapshotResponse.newBuilder()
                .setSnapshot(messages.of(snapshot))
                .build();
    }

    /** CSI: a place from which it cannot be used is RESOURCE_EXHAUSTED for a new one; there is no other for an existing one. */
    private void checkTopology(CreateSnapshotRequest request, String id) throws IOException, CsiException {
        String node = storage.options().nodeId();
        if (!storage.options().has(Feature.TOPOLOGY)
                || NodeTopology.satisfies(request.getAccessibilityRequirements(), node)) {
            return;
        }
        String why = "can be used on node " + node + " only, which is not among the places asked for";
        throw storage.snapshots().ready(id).isPresent()
                ? Refusals.alreadyExists("snapshot " + id + " exists already and " + why)
                : Refusals.exhausted("a snapshot made here " + why);
    }

    private WriteAhead.Making<Snapshot> making(String id, String name, String source) {
        return new WriteAhead.Making<>() {
            @Override
            public Snapshot same(Snapshot ready) throws CsiException {
                if (!ready.sourceVolume().equals(source)) {
                    throw Refusals.alreadyExists(
                            "snapshot " + id + " exists already and is one of volume " + ready.sourceVolume());
                }
                return ready;
            }

            @Override
            public Snapshot begin() throws IOException, CsiException {
                Sources.Found volume = Sources.find(storage, new FromVolume(source));
                long bytes = volume.capacityBytes();
                var snapshot =
                        new Snapshot(id, name, source, volume.backend(), Phase.CREATING, bytes, Instant.now(), "");
                Backend backend = storage.backend(snapshot);
                backend.setSnapshotAside(id)
                        .ifPresent(path -> log.warn("event=OrphanSetAside snapshot={} path={}", id, path));
                return pool.give(
                        backend,
                        bytes,
                        0,
                        () -> projects.give(backend, id, project -> {
                            storage.snapshots().save(snapshot.ofProject(project));
                            return snapshot.ofProject(project);
                        }));
            }

            @Override
            public void make(Snapshot snapshot) throws IOException, CsiException {
                storage.backend(snapshot).create(List.of(snapshot));
                // The volume has no lock, so that a long copy holds up nobody; it must still be there at the end.
                Sources.find(storage, new FromVolume(source));
            }

            @Override
            public void made(Snapshot snapshot) {
                log.info("event=SnapshotCreated snapshot={} volume={}", id, source);
            }
        };
    }

    /** No such snapshot is fine; INVALID_ARGUMENT for one of a group. */
    DeleteSnapshotResponse delete(DeleteSnapshotRequest request) throws CsiException {
        String id = Requests.required(request.getSnapshotId(), "snapshot_id");
        boolean deleted = storage.aloneWithSnapshot(id, () -> snapshots.delete(id, this::refuseMember));
        if (deleted) {
            log.info("event=SnapshotDeleted snapshot={}", id);
        }
        return DeleteSnapshotResponse.getDefaultInstance();
    }

    private void refuseMember(Snapshot snapshot) throws IOException, CsiException {
        String group = snapshot.group();
        if (storage.groups().find(group).isPresent()) {
            throw Refusals.invalid("snapshot " + snapshot.id() + " is part of the group " + group
                    + " and goes with it; delete the group");
        }
    }

    WriteAhead<Snapshot> snapshots() {
        return snapshots;
    }

    GetSnapshotResponse get(GetSnapshotRequest request) throws CsiException {
        String id = Requests.required(request.getSnapshotId(), "snapshot_id");
        return LocalStorage.answering(() -> GetSnapshotResponse.newBuilder()
                .setSnapshot(messages.of(
                        storage.readySnapshot(id).orElseThrow(() -> Refusals.notFound("there is no snapshot " + id))))
                .build());
    }

    ListSnapshotsResponse list(ListSnapshotsRequest request) throws CsiException {
        Pages pages = Pages.of(request.getStartingToken(), request.getMaxEntries());
        return LocalStorage.answering(() -> {
            var response = ListSnapshotsResponse.newBuilder();
            String wanted = request.getSnapshotId();
            List<String> ids = wanted.isEmpty() ? storage.snapshots().ids() : List.of(wanted);
            String last = "";
            for (String id : pages.rest(ids)) {
                Optional<Snapshot> snapshot = storage.readySnapshot(id)
                        .filter(found -> request.getSourceVolumeId().isEmpty()
                                || request.getSourceVolumeId().equals(found.sourceVolume()));
                if (snapshot.isEmpty()) {
                    continue;
                }
                if (response.getEntriesCount() == pages.size()) {
                    return response.setNextToken(Pages.tokenAfter(last)).build();
                }
                response.addEntriesBuilder().setSnapshot(messages.of(snapshot.get()));
                last = id;
            }
            return response.build();
        });
    }
}
