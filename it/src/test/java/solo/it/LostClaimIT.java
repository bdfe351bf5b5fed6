package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.app.Role;

/**
 * ext-provisioner #486: CreateVolume has answered, the PersistentVolume is not written, the process dies and the claim is
 * deleted. A service account that may not create PersistentVolumes holds the process at exactly that point.
 */
@ExtendWith(RealCluster.class)
class LostClaimIT {

    private static final int CLAIMS = 10;
    private static final String ACCOUNT = "it-cannot-save";
    private static final String[] ELECTION = {
        "--leader-election",
        "--leader-election-namespace=solo-system",
        "--leader-election-lease-duration=4s",
        "--leader-election-renew-deadline=3s",
        "--leader-election-retry-period=1s"
    };

    private final Path state = Bench.freshState();
    private final Bench bench;

    LostClaimIT(Bench bench) {
        this.bench = bench;
    }

    @Test
    void claims_deleted_while_nobody_leads_leave_no_volume_behind() throws InterruptedException {
        try (SoloUnderTest node = SoloUnderTest.start(bench, Set.of(Role.NODE), state);
                Sandbox sandbox = bench.sandbox("lost")) {
            try (SoloChild first = cannotSave()) {
                make(sandbox, node);
                first.kill();
            }
            delete(sandbox);
            assertThat(node.volumes()).as("nothing in the cluster names them").hasSize(CLAIMS);
            assertAllCleanedUp(node);
        }
    }

    @Test
    void claims_deleted_before_the_process_dies_leave_no_volume_behind() throws InterruptedException {
        try (SoloUnderTest node = SoloUnderTest.start(bench, Set.of(Role.NODE), state);
                Sandbox sandbox = bench.sandbox("lost")) {
            try (SoloChild first = cannotSave()) {
                make(sandbox, node);
                delete(sandbox);
                awaitTwoRenewals();
                first.kill();
            }
            assertThat(node.volumes()).hasSize(CLAIMS);
            assertAllCleanedUp(node);
        }
    }

    /** As on each node of a cluster with the bundled driver: the record is a file beside the volumes. */
    @Test
    void nor_do_they_where_no_lease_is_and_the_record_is_a_file() throws InterruptedException {
        try (SoloUnderTest node = SoloUnderTest.start(bench, Set.of(Role.NODE), state);
                Sandbox sandbox = bench.sandbox("lost")) {
            try (SoloChild first = cannotSave(List.of())) {
                make(sandbox, node);
                first.kill();
            }
            delete(sandbox);
            assertThat(node.volumes()).hasSize(CLAIMS);
            assertAllCleanedUp(node, new String[0]);
        }
    }

    private void assertAllCleanedUp(SoloUnderTest node) throws InterruptedException {
        assertAllCleanedUp(node, ELECTION);
    }

    private void assertAllCleanedUp(SoloUnderTest node, String[] election) throws InterruptedException {
        try (SoloChild second = SoloChild.controller(bench, state, election)) {
            second.awaitLine("controllers started");
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () -> assertThat(node.volumes()).as(second.output()).isEmpty());
            assertThat(second.output()).doesNotContain("Exception");
        }
    }

    private SoloChild cannotSave() throws InterruptedException {
        return cannotSave(List.of(ELECTION));
    }

    private SoloChild cannotSave(List<String> election) throws InterruptedException {
        List<String> more = new ArrayList<>(election);
        more.add("--kubeconfig=" + ServiceAccountKubeconfig.of(bench, ACCOUNT));
        SoloChild child = SoloChild.run(arguments(more));
        child.awaitLine("controllers started");
        return child;
    }

    private List<String> arguments(List<String> more) {
        List<String> all = new ArrayList<>(List.of(
                "controller",
                "--state-dir=" + state,
                "--node-id=" + bench.cluster().nodeName()));
        all.addAll(more);
        return all;
    }

    private static void make(Sandbox sandbox, SoloUnderTest node) {
        IntStream.range(0, CLAIMS).parallel().forEach(i -> sandbox.claim("claim-" + i, "solo-local-immediate"));
        await().atMost(Duration.ofMinutes(1)).until(() -> node.volumes().size() == CLAIMS);
    }

    private static void delete(Sandbox sandbox) {
        sandbox.claims()
                .forEach(claim -> sandbox.deleteClaim(claim.getMetadata().getName()));
        await().atMost(Duration.ofMinutes(1)).until(() -> sandbox.claims().isEmpty());
    }

    private void awaitTwoRenewals() {
        for (int i = 0; i < 2; i++) {
            String before = renewed();
            await().atMost(Duration.ofMinutes(1)).until(() -> !renewed().equals(before));
        }
    }

    private String renewed() {
        return bench.client()
                .leases()
                .inNamespace("solo-system")
                .withName("local-csi-solo")
                .get()
                .getMetadata()
                .getResourceVersion();
    }

    @BeforeEach
    void grantAllButCreate() {
        bench.client()
                .serviceAccounts()
                .inNamespace("solo-system")
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(ACCOUNT)
                        .endMetadata()
                        .build())
                .serverSideApply();
        ClusterRole whole =
                bench.client().rbac().clusterRoles().withName("solo-controller").get();
        List<PolicyRule> rules = new ArrayList<>();
        for (PolicyRule rule : whole.getRules()) {
            List<String> verbs = new ArrayList<>(rule.getVerbs());
            if (rule.getResources().contains("persistentvolumes")) {
                verbs.remove("create");
            }
            rules.add(new PolicyRuleBuilder(rule).withVerbs(verbs).build());
        }
        rules.add(new PolicyRuleBuilder()
                .withApiGroups("coordination.k8s.io")
                .withResources("leases")
                .withVerbs("get", "list", "watch", "create", "update")
                .build());
        bench.client()
                .rbac()
                .clusterRoles()
                .resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(ACCOUNT)
                        .endMetadata()
                        .withRules(rules)
                        .build())
                .serverSideApply();
        bench.client()
                .rbac()
                .clusterRoleBindings()
                .resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(ACCOUNT)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", ACCOUNT)
                        .addNewSubject(null, "ServiceAccount", ACCOUNT, "solo-system")
                        .build())
                .serverSideApply();
    }

    @AfterEach
    void takeBack() {
        bench.client().rbac().clusterRoleBindings().withName(ACCOUNT).delete();
        bench.client().rbac().clusterRoles().withName(ACCOUNT).delete();
        bench.client()
                .serviceAccounts()
                .inNamespace("solo-system")
                .withName(ACCOUNT)
                .delete();
        bench.client()
                .leases()
                .inNamespace("solo-system")
                .withName("local-csi-solo")
                .delete();
    }
}
