package solo.csi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.BoolValue;
import csi.v1.ControllerGetCapabilitiesResponse;
import csi.v1.GetPluginCapabilitiesResponse;
import csi.v1.GetPluginInfoResponse;
import csi.v1.ProbeResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverIdentity;
import solo.csi.model.PluginCapability;
import solo.csi.model.VolumeExpansion;

final class DriverProbeTest {
    private final FakeDriver driver = new FakeDriver();

    @Test
    void a_slow_or_unready_driver_is_waited_for() throws Exception {
        var probes = new AtomicInteger();
        driver.onProbe = request -> switch (probes.incrementAndGet()) {
            case 1 -> throw new CsiException(Code.DEADLINE_EXCEEDED, "slow");
            case 2 -> ProbeResponse.newBuilder().setReady(BoolValue.of(false)).build();
            default -> ProbeResponse.newBuilder().setReady(BoolValue.of(true)).build();
        };
        DriverProbe.awaitReady(driver, Duration.ofMillis(1));
        assertThat(probes).hasValue(3);
    }

    @Test
    void an_answer_that_does_not_say_counts_as_ready() {
        driver.onProbe = request -> ProbeResponse.getDefaultInstance();
        assertThatCode(() -> DriverProbe.awaitReady(driver, Duration.ofHours(1)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OK", "DEADLINE_EXCEEDED"})
    void any_other_refusal_ends_the_wait(Code code) {
        driver.onProbe = request -> {
            throw new CsiException(code, "no");
        };
        assertThatThrownBy(() -> DriverProbe.awaitReady(driver, Duration.ofHours(1)))
                .isInstanceOf(CsiException.class);
    }

    @Test
    void a_driver_must_have_a_name() throws Exception {
        driver.onGetPluginInfo = request -> GetPluginInfoResponse.newBuilder()
                .setName("local.csi.solo")
                .setVendorVersion("1.2")
                .build();
        assertThat(DriverProbe.identity(driver)).isEqualTo(new DriverIdentity("local.csi.solo", "1.2"));

        driver.onGetPluginInfo = request -> GetPluginInfoResponse.getDefaultInstance();
        assertThatThrownBy(() -> DriverProbe.identity(driver)).hasMessageContaining("empty name");
    }

    @Test
    void capabilities_of_a_half_are_asked_for_only_when_the_driver_has_that_half() throws Exception {
        driver.onGetPluginCapabilities = request -> {
            var answer = GetPluginCapabilitiesResponse.newBuilder();
            answer.addCapabilitiesBuilder()
                    .getServiceBuilder()
                    .setType(csi.v1.PluginCapability.Service.Type.CONTROLLER_SERVICE);
            answer.addCapabilitiesBuilder().getServiceBuilder().setTypeValue(99);
            answer.addCapabilitiesBuilder()
                    .getVolumeExpansionBuilder()
                    .setType(csi.v1.PluginCapability.VolumeExpansion.Type.ONLINE);
            return answer.build();
        };
        driver.onControllerGetCapabilities = request -> {
            var answer = ControllerGetCapabilitiesResponse.newBuilder();
            answer.addCapabilitiesBuilder()
                    .getRpcBuilder()
                    .setType(csi.v1.ControllerServiceCapability.RPC.Type.CREATE_DELETE_VOLUME);
            return answer.build();
        };
        var capabilities = DriverProbe.capabilities(driver);
        assertThat(capabilities.plugin()).isEqualTo(Set.of(PluginCapability.CONTROLLER_SERVICE));
        assertThat(capabilities.expansion()).isEqualTo(Set.of(VolumeExpansion.ONLINE));
        assertThat(capabilities.controller()).isEqualTo(Set.of(ControllerCapability.CREATE_DELETE_VOLUME));
        assertThat(capabilities.group()).isEmpty();

        driver.onGetPluginCapabilities = request -> GetPluginCapabilitiesResponse.getDefaultInstance();
        assertThat(DriverProbe.capabilities(driver).controller()).isEmpty();
    }
}
