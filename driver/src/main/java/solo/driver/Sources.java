package solo.driver;

import csi.v1.VolumeContentSource;
import java.io.IOException;
import solo.csi.CsiException;
import solo.csi.model.ContentSource;

/** What a new volume is filled from: in a request, in the state, in an answer. */
final class Sources {
    private Sources() {}

    static ContentSource of(VolumeContentSource source) throws CsiException {
        return switch (source.getTypeCase()) {
            case SNAPSHOT ->
                new ContentSource.FromSnapshot(Requests.required(
                        source.getSnapshot().getSnapshotId(), "volume_content_source.snapshot.snapshot_id"));
            case VOLUME ->
                new ContentSource.FromVolume(
                        Requests.required(source.getVolume().getVolumeId(), "volume_content_source.volume.volume_id"));
            case TYPE_NOT_SET -> throw Refusals.invalid("volume_content_source names neither a snapshot nor a volume");
        };
    }

    static VolumeContentSource message(ContentSource source) {
        var message = VolumeContentSource.newBuilder();
        switch (source) {
            case ContentSource.FromSnapshot(String id) ->
                message.getSnapshotBuilder().setSnapshotId(id);
            case ContentSource.FromVolume(String id) ->
                message.getVolumeBuilder().setVolumeId(id);
        }
        return message.build();
    }

    /** How large a source is and where its bytes are; NOT_FOUND if it is not there (any more). */
    record Found(String backend, long capacityBytes) {}

    static Found find(LocalStorage storage, ContentSource source) throws IOException, CsiException {
        return switch (source) {
            case ContentSource.FromSnapshot(String id) ->
                storage.readySnapshot(id)
                        .map(snapshot -> new Found(snapshot.backend(), snapshot.capacityBytes()))
                        .orElseThrow(() -> Refusals.notFound("there is no snapshot " + id));
            case ContentSource.FromVolume(String id) ->
                storage.ready(id)
                        .filter(volume -> !volume.ephemeral())
                        .map(volume ->
                                new Found(volume.spec().backend(), volume.home().capacityBytes()))
                        .orElseThrow(() -> Refusals.noVolume(id));
        };
    }
}
