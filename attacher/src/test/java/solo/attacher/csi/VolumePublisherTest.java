package solo.attacher.csi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import csi.v1.ListVolumesRequest;
import csi.v1.ListVolumesResponse;
import csi.v1.ListVolumesResponse.VolumeStatus;
import csi.v1.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import solo.attacher.ScriptedDriver;
import solo.attacher.model.AttachedVolume;
import solo.attacher.model.PublishRequest;
import solo.csi.CsiException;
import solo.csi.model.AccessMode;
import solo.csi.model.Code;
import solo.csi.model.Secrets;
import solo.csi.model.VolumeCapability;

/** From records to CSI messages, and from pages to one list. */
class VolumePublisherTest {
    private final ScriptedDriver driver = new ScriptedDriver(new ArrayList<>());

    @Test
    void every_field_of_a_publish_request_is_sent() throws CsiException {
        new VolumePublisher(driver, 0)
                .publish(new PublishRequest(
                        new AttachedVolume("vol-1", null),
                        "node-1",
                        VolumeCapability.mount(AccessMode.SINGLE_NODE_WRITER, "xfs", List.of("noatime")),
                        true,
                        Map.of("a", "b"),
                        new Secrets(Map.of("user", "me"))));

        var sent = driver.published.getFirst();
        assertThat(sent.getVolumeId()).isEqualTo("vol-1");
        assertThat(sent.getNodeId()).isEqualTo("node-1");
        assertThat(sent.getReadonly()).isTrue();
        assertThat(sent.getVolumeContextMap()).containsExactly(Map.entry("a", "b"));
        assertThat(sent.getSecretsMap()).containsExactly(Map.entry("user", "me"));
        assertThat(sent.getVolumeCapability().getMount().getFsType()).isEqualTo("xfs");
        assertThat(sent.getVolumeCapability().getMount().getMountFlagsList()).containsExactly("noatime");
    }

    @Test
    void all_pages_are_read_and_a_volume_that_comes_twice_counts_as_it_came_last() throws CsiException {
        driver.page("", page("two", "vol-1", "node-1"));
        driver.page("two", page("", "vol-1", "node-2"));

        var listing = new VolumePublisher(driver, 25).list();

        assertThat(listing.publishedNodes()).isEqualTo(Map.of("vol-1", Set.of("node-2")));
        assertThat(driver.listed)
                .extracting(ListVolumesRequest::getMaxEntries, ListVolumesRequest::getStartingToken)
                .containsExactly(tuple(25, ""), tuple(25, "two"));
    }

    @Test
    void entries_without_a_volume_are_skipped_and_those_without_status_say_nothing() throws CsiException {
        driver.page(
                "",
                ListVolumesResponse.newBuilder()
                        .addEntries(ListVolumesResponse.Entry.getDefaultInstance())
                        .addEntries(ListVolumesResponse.Entry.newBuilder()
                                .setVolume(Volume.newBuilder().setVolumeId("vol-1")))
                        .build());

        assertThat(new VolumePublisher(driver, 0).list().publishedNodes())
                .containsOnlyKeys("vol-1")
                .containsEntry("vol-1", null);
    }

    @Test
    void a_token_that_is_no_longer_valid_starts_the_list_again_once() throws CsiException {
        driver.failing(Code.ABORTED, "what token?");
        driver.page("", page("", "vol-1", "node-1"));

        assertThat(new VolumePublisher(driver, 0).list().publishedNodes()).containsOnlyKeys("vol-1");

        driver.failing(Code.ABORTED, "what token?").failing(Code.ABORTED, "what token?");
        assertThatThrownBy(() -> new VolumePublisher(driver, 0).list()).isInstanceOf(CsiException.class);
    }

    private static ListVolumesResponse page(String next, String handle, String nodeId) {
        return ListVolumesResponse.newBuilder()
                .addEntries(ListVolumesResponse.Entry.newBuilder()
                        .setVolume(Volume.newBuilder().setVolumeId(handle))
                        .setStatus(VolumeStatus.newBuilder().addPublishedNodeIds(nodeId)))
                .setNextToken(next)
                .build();
    }
}
