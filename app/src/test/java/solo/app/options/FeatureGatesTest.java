package solo.app.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.app.options.FeatureGates.Gate;

/** --feature-gates: inventory §2. */
class FeatureGatesTest {

    @Test
    void defaults_are_those_of_go() {
        FeatureGates gates = FeatureGates.of(List.of());
        assertThat(gates.on(Gate.TOPOLOGY)).isTrue();
        assertThat(gates.on(Gate.VOLUME_ATTRIBUTES_CLASS)).isTrue();
        assertThat(gates.on(Gate.VOLUME_GROUP_SNAPSHOT)).isTrue();
        assertThat(gates.on(Gate.CROSS_NAMESPACE_DATA_SOURCE)).isFalse();
        assertThat(gates.isGiven(Gate.VOLUME_ATTRIBUTES_CLASS)).isFalse();
    }

    @Test
    void what_is_named_counts_and_of_two_the_later() {
        FeatureGates gates =
                FeatureGates.of(List.of("Topology=false", "VolumeAttributesClass=false", "VolumeAttributesClass=true"));
        assertThat(gates.on(Gate.TOPOLOGY)).isFalse();
        assertThat(gates.on(Gate.VOLUME_ATTRIBUTES_CLASS)).isTrue();
        assertThat(gates.isGiven(Gate.VOLUME_ATTRIBUTES_CLASS)).isTrue();
    }

    @Test
    void all_alpha_switches_on_what_is_alpha_and_not_named() {
        assertThat(FeatureGates.of(List.of("AllAlpha=true")).on(Gate.CROSS_NAMESPACE_DATA_SOURCE))
                .isTrue();
        assertThat(FeatureGates.of(List.of("CrossNamespaceVolumeDataSource=false", "AllAlpha=true"))
                        .on(Gate.CROSS_NAMESPACE_DATA_SOURCE))
                .isFalse();
    }

    @Test
    void gates_that_are_gone_and_the_one_that_is_always_on_are_noted_and_not_refused() {
        assertThat(FeatureGates.of(List.of("HonorPVReclaimPolicy=true", "ReleaseLeaderElectionOnExit=false"))
                        .notes())
                .hasSize(2)
                .allMatch(note -> note.contains("has no effect"));
        assertThat(FeatureGates.of(List.of("ReleaseLeaderElectionOnExit=true", "AllBeta=true"))
                        .notes())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NoSuchGate=true", "Topology", "Topology=yes", "=true"})
    void what_is_no_gate_or_no_switch_is_refused_by_name(String pair) {
        assertThatThrownBy(() -> FeatureGates.of(List.of(pair)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--feature-gates: '");
    }
}
