package solo.provisioner.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import solo.kube.Kind;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.model.ObjectKey;
import solo.provisioner.capacity.CapacityOwner.Found;
import solo.provisioner.capacity.CapacityOwner.Nobody;
import solo.provisioner.capacity.CapacityOwner.NotFound;
import solo.provisioner.capacity.model.CapacityOptions.Owner;
import solo.simulation.SimulatedApiServer;
import solo.simulation.SimulatedCluster;
import solo.simulation.VirtualClock;

/** --capacity-ownerref-level: inventory §14, start-up. */
class CapacityOwnerTest {

    private static final ObjectKey POD = new ObjectKey("solo-system", "solo-5f-x");

    private final SimulatedApiServer server = new SimulatedApiServer(new VirtualClock());

    @BeforeEach
    void a_pod_of_a_replica_set_of_a_deployment() {
        put("", "v1", "Pod", "solo-5f-x", owner("apps/v1", "ReplicaSet", "solo-5f", "set-uid"));
        put("apps", "v1", "ReplicaSet", "solo-5f", owner("apps/v1", "Deployment", "solo", "deployment-uid"));
    }

    @Test
    void a_negative_level_means_nobody() {
        assertThat(owner(-1)).isEqualTo(new Nobody());
    }

    @Test
    void level_0_is_the_pod_itself() {
        assertThat(owner(0)).isInstanceOfSatisfying(Found.class, found -> {
            assertThat(found.owner().kind()).isEqualTo("Pod");
            assertThat(found.owner().uid()).isNotEmpty();
        });
    }

    @Test
    void level_1_is_what_controls_the_pod_and_level_2_what_controls_that_which_is_not_read() {
        assertThat(owner(1)).isEqualTo(new Found(new Owner("apps/v1", "ReplicaSet", "solo-5f", "set-uid")));
        assertThat(owner(2)).isEqualTo(new Found(new Owner("apps/v1", "Deployment", "solo", "deployment-uid")));
    }

    @Test
    void an_owner_that_does_not_control_does_not_count() {
        put("", "v1", "Pod", "lonely", Map.of("apiVersion", "v1", "kind", "ConfigMap", "name", "x", "uid", "u"));
        assertThat(CapacityOwner.of(new SimulatedCluster(server), new ObjectKey("solo-system", "lonely"), 1))
                .isEqualTo(new NotFound("Pod solo-system/lonely is controlled by nothing"));
    }

    @Test
    void a_step_that_leads_nowhere_is_told() {
        assertThat(owner(3)).isEqualTo(new NotFound("there is no Deployment solo-system/solo"));
    }

    private CapacityOwner owner(int level) {
        return CapacityOwner.of(new SimulatedCluster(server), POD, level);
    }

    private static Map<String, Object> owner(String apiVersion, String kind, String name, String uid) {
        return Map.of("apiVersion", apiVersion, "kind", kind, "name", name, "uid", uid, "controller", true);
    }

    private void put(String group, String version, String kind, String name, Map<String, Object> owner) {
        String plural = kind.toLowerCase(Locale.ROOT) + "s";
        var _ = server.put(
                new Kind<>(
                        new Resource(group, version, plural, kind, Scope.NAMESPACED),
                        CapacityOwner.Owned::of,
                        List.of()),
                Map.of(
                        "metadata",
                        Map.of("namespace", "solo-system", "name", name, "ownerReferences", List.of(owner))));
    }
}
