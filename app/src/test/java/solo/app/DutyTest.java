package solo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class DutyTest {

    @Test
    void the_controller_half_does_everything_and_the_node_half_asks_the_api_server_nothing() {
        assertThat(Duty.of(Set.of(Role.CONTROLLER), false))
                .containsExactly(Duty.PROVISION, Duty.SNAPSHOT, Duty.ATTACH_AND_RESIZE);
        assertThat(Duty.of(Set.of(Role.NODE), false)).isEmpty();
    }

    @Test
    void in_node_deployment_the_nodes_provision_and_the_controller_half_does_the_rest() {
        assertThat(Duty.of(Set.of(Role.CONTROLLER), true)).containsExactly(Duty.ATTACH_AND_RESIZE);
        assertThat(Duty.of(Set.of(Role.NODE), true)).containsExactly(Duty.PROVISION, Duty.SNAPSHOT);
    }

    @Test
    void one_process_that_is_both_halves_does_everything_either_way() {
        Set<Role> both = Set.of(Role.CONTROLLER, Role.NODE);
        assertThat(Duty.of(both, false)).containsExactly(Duty.PROVISION, Duty.SNAPSHOT, Duty.ATTACH_AND_RESIZE);
        assertThat(Duty.of(both, true)).containsExactly(Duty.PROVISION, Duty.SNAPSHOT, Duty.ATTACH_AND_RESIZE);
    }
}
