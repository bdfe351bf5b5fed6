package solo.driver;

import static org.slf4j.LoggerFactory.getLogger;

import com.google.protobuf.Timestamp;
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
import solo.driver.backend.Backend;
import solo.driver.state.Phase;
import solo.driver.state.Snapshot;
import solo.driver.state.Volume;
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
    private final VolumeLifecycle lifecycle;

    Snapshots(LocalStorage storage, VolumeLifecycle lifecycle) {
        this.storage = storage;
        this.lifecycle = lifecycle;
    }

    CreateSnapshotResponse create(CreateSnapshotRequest request) throws CsiException {
        String name = Requests.name(request.getName());
        String source = Requests.required(request.getSourceVolumeId(), "source_volume_id");
        for (String parameter : request.getParametersMap().keySet()) {
            if (!WHO_ASKED.contains(parameter)) {
                throw Refusals.invalid(
                        "unknown parameter " + parameter + " in the VolumeSnapshotClass; there are none");
            }
        }
        String id = VolumeIds.ofName(name);
        Snapshot snapshot = storage.aloneWithSnapshot(id, () -> create(id, name, source));
        return CreateSnapshotResponse.newBuilder()
                .setSnapshot(message(snapshot))
                .build();
    }

    private Snapshot create(String id, String name, String source) throws IOException, CsiException {
        Optional<Snapshot> existing = storage.snapshots().find(id);
        if (existing.isPresent() && existing.get().phase() == Phase.READY) {
            if (!existing.get().sourceVolume().equals(source)) {
                throw Refusals.alreadyExists("snapshot " + id + " exists already and is one of volume "
                        + existing.get().sourceVolume());
            }
            return existing.get();
        }
        if (existing.isPresent()) {
            // Its maker or its remover was killed: it would have held the lock.
            remove(existing.get());
        }
        Volume volume = requireSource(source);
        Backend backend = storage.backend(volume);
        var snapshot = new Snapshot(
                id, name, source, backend.name(), Phase.CREATING, volume.home().capacityBytes(), Instant.now());
        backend.setSnapshotAside(id).ifPresent(path -> log.warn("event=OrphanSetAside snapshot={} path={}", id, path));
        lifecycle.inPool(backend, snapshot.capacityBytes(), 0, () -> {
            storage.snapshots().save(snapshot);
            return snapshot;
        });
        try {
            backend.create(snapshot);
            // The volume has no lock, so that a long copy holds up nobody; it must still be there at the end.
            requireSource(source);
        } catch (IOException | CsiException failure) {
            remove(snapshot.in(Phase.DELETING));
            throw failure;
        }
        Snapshot ready = snapshot.in(Phase.READY);
        storage.snapshots().save(ready);
        log.info("event=SnapshotCreated snapshot={} volume={}", id, source);
        return ready;
    }

    private Volume requireSource(String id) throws IOException, CsiException {
        return storage.ready(id).filter(volume -> !volume.ephemeral()).orElseThrow(() -> Refusals.noVolume(id));
    }

    /** No such snapshot is fine. */
    DeleteSnapshotResponse delete(DeleteSnapshotRequest request) throws CsiException {
        String id = Requests.required(request.getSnapshotId(), "snapshot_id");
        storage.aloneWithSnapshot(id, () -> {
            Optional<Snapshot> existing = storage.snapshots().find(id);
            if (existing.isPresent()) {
                Snapshot going = existing.get().in(Phase.DELETING);
                storage.snapshots().save(going);
                remove(going);
                log.info("event=SnapshotDeleted snapshot={}", id);
            }
            return id;
        });
        return DeleteSnapshotResponse.getDefaultInstance();
    }

    /** Undoes a snapshot that is being made, or finishes one that is being removed. */
    void remove(Snapshot snapshot) throws IOException {
        storage.backend(snapshot).delete(snapshot);
        storage.snapshots().forget(snapshot.id());
    }

    GetSnapshotResponse get(GetSnapshotRequest request) throws CsiException {
        String id = Requests.required(request.getSnapshotId(), "snapshot_id");
        return LocalStorage.answering(() -> GetSnapshotResponse.newBuilder()
                .setSnapshot(message(
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
                response.addEntriesBuilder().setSnapshot(message(snapshot.get()));
                last = id;
            }
            return response.build();
        });
    }

    private static csi.v1.Snapshot message(Snapshot snapshot) {
        return csi.v1.Snapshot.newBuilder()
                .setSnapshotId(snapshot.id())
                .setSourceVolumeId(snapshot.sourceVolume())
                .setSizeBytes(snapshot.capacityBytes())
                .setCreationTime(timestamp(snapshot.created()))
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
