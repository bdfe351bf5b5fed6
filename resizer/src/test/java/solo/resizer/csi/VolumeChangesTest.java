package solo.resizer.csi;

import static org.assertj.core.api.Assertions.assertThat;

import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.ControllerExpandVolumeResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import solo.csi.ControllerService;
import solo.csi.CsiException;
import solo.csi.Driver;
import solo.csi.IdentityService;
import solo.csi.model.AccessMode;
import solo.csi.model.Secrets;
import solo.csi.model.VolumeCapability;
import solo.kube.model.Quantity;
import solo.resizer.model.ExpandRequest;
import solo.resizer.model.ExpansionView.Answer.Expanded;
import solo.resizer.model.ExpansionView.NodeExpansion;

/** From records to CSI messages and back. */
class VolumeChangesTest {
    private ControllerExpandVolumeRequest sent = ControllerExpandVolumeRequest.getDefaultInstance();

    @Test
    void every_field_of_an_expansion_is_sent_and_there_is_no_limit() throws CsiException {
        var unused = expand("1500m", 5);

        assertThat(sent.getVolumeId()).isEqualTo("vol-1");
        assertThat(sent.getCapacityRange().getRequiredBytes()).as("rounded up").isEqualTo(2);
        assertThat(sent.getCapacityRange().getLimitBytes()).isZero();
        assertThat(sent.getSecretsMap()).containsExactly(Map.entry("user", "me"));
        assertThat(sent.getVolumeCapability().getMount().getMountFlagsList()).containsExactly("noatime");
        assertThat(unused.size().bytes()).isEqualTo(5);
    }

    @Test
    void an_answer_without_a_size_grants_what_was_asked() throws CsiException {
        assertThat(expand("5Gi", 0)).isEqualTo(new Expanded(quantity("5Gi"), NodeExpansion.NOT_NEEDED));
    }

    private Expanded expand(String size, long answer) throws CsiException {
        Driver driver = new Answering(answer);
        return new VolumeChanges(driver, driver)
                .expand(new ExpandRequest(
                        "vol-1",
                        quantity(size),
                        VolumeCapability.mount(AccessMode.SINGLE_NODE_WRITER, "", List.of("noatime")),
                        new Secrets(Map.of("user", "me"))));
    }

    private static Quantity quantity(String text) {
        Quantity quantity = Quantity.parse(text);
        if (quantity == null) {
            throw new AssertionError(text);
        }
        return quantity;
    }

    private final class Answering implements Driver, ControllerService {
        private final long bytes;

        Answering(long bytes) {
            this.bytes = bytes;
        }

        @Override
        public IdentityService identity() {
            throw new UnsupportedOperationException("nobody asks here");
        }

        @Override
        public ControllerService controller() {
            return this;
        }

        @Override
        public ControllerExpandVolumeResponse controllerExpandVolume(ControllerExpandVolumeRequest request) {
            sent = request;
            return ControllerExpandVolumeResponse.newBuilder()
                    .setCapacityBytes(bytes)
                    .build();
        }
    }
}
