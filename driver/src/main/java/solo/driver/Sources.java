package solo.driver;

import csi.v1.VolumeContentSource;
import java.io.IOException;
import solo.csi.CsiException;
import solo.csi.model.ContentSource;
import solo.driver.state.VolumeSpec;

/** What a new volume is filled from: in a request, in the state, in an answer. */
final class Sources {
    private static final String SNAPSHOT = "snapshot ";
    private static final String VOLUME = "volume ";

    private Sources() {}

    /** As {@link VolumeSpec#source} has it. */
    static String text(VolumeContentSource source) throws CsiException {
        return switch (source.getTypeCase()) {
            case SNAPSHOT ->
                SNAPSHOT
                        + Requests.required(
                                source.getSnapshot().getSnapshotId(), "volume_content_source.snapshot.snapshot_id");
            case VOLUME ->
                VOLUME + Requests.required(source.getVolume().getVolumeId(), "volume_content_source.volume.volume_id");
            case TYPE_NOT_SET -> throw Refusals.invalid("volume_content_source names neither a snapshot nor a volume");
        };
    }

    static ContentSource of(String text) {
        return text.startsWith(SNAPSHOT)
                ? new ContentSource.FromSnapshot(text.substring(SNAPSHOT.length()))
                : new ContentSource.FromVolume(text.substring(VOLUME.length()));
    }

    static VolumeContentSource message(String text) {
        var message = VolumeContentSource.newBuilder();
        switch (of(text)) {
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
