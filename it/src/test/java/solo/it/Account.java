package solo.it;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import solo.it.chart.Helm;
import solo.it.up.Checkout;
import solo.it.up.Terminal;

/** The chart's service account and roles of a controller with everything on, and nothing else of the chart. */
record Account(Bench bench, List<HasMetadata> objects) implements AutoCloseable {

    static final String NAMESPACE = "solo-system";

    /** {@code release} is nobody else's, so that nobody else's requests are among its own. */
    static Account of(Bench bench, String release) {
        Helm helm = Helm.buildOrFind(Checkout.folder(), Terminal.standard());
        String yaml = helm.run(
                "template",
                release,
                Checkout.folder().resolve("charts/solo").toString(),
                "--namespace=" + NAMESPACE,
                "--show-only=templates/rbac.yaml",
                "--set=driver.bundled=false",
                "--set=driver.controllerContainers[0].name=driver,driver.controllerContainers[0].image=any",
                "--set=driver.nodeContainers[0].name=driver,driver.nodeContainers[0].image=any",
                "--set=csiDriver.attachRequired=false,csiDriver.storageCapacity=true",
                "--set=controller.controllers=*\\,healthmonitor",
                "--set=controller.extraArgs[0]=--feature-gates=CrossNamespaceVolumeDataSource=true");
        List<HasMetadata> objects = new ArrayList<>(bench.client()
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items());
        Account account = new Account(bench, objects);
        objects.forEach(object -> bench.client()
                .resource(object)
                .fieldManager("solo-it")
                .forceConflicts()
                .serverSideApply());
        return account;
    }

    /** Without a namespace, as a kubeconfig wants it. */
    String name() {
        return objects.stream()
                .filter(object -> object instanceof ServiceAccount)
                .map(object -> object.getMetadata().getName())
                .filter(name -> name.endsWith("-controller"))
                .findFirst()
                .orElseThrow();
    }

    /** As the API server's audit log calls it. */
    String user() {
        return "system:serviceaccount:" + NAMESPACE + ":" + name();
    }

    Set<String> granted() {
        Set<String> granted = new TreeSet<>();
        rules().forEach(rule -> {
            for (String group : rule.getApiGroups()) {
                for (String resource : rule.getResources()) {
                    rule.getVerbs().forEach(verb -> granted.add(group + "/" + resource + " " + verb));
                }
            }
        });
        return granted;
    }

    private Stream<PolicyRule> rules() {
        return objects.stream().flatMap(object -> switch (object) {
            case ClusterRole role -> role.getRules().stream();
            case Role role -> role.getRules().stream();
            default -> Stream.of();
        });
    }

    /** Takes one right of the ClusterRole away. */
    void takeAway(String resource, String verb) {
        ClusterRole whole = clusterRole();
        List<PolicyRule> rules = new ArrayList<>();
        for (PolicyRule rule : whole.getRules()) {
            for (String each : rule.getResources()) {
                List<String> verbs = new ArrayList<>(rule.getVerbs());
                if (each.equals(resource)) {
                    verbs.remove(verb);
                }
                // A rule without verbs is refused.
                if (!verbs.isEmpty()) {
                    rules.add(new PolicyRuleBuilder(rule)
                            .withResources(each)
                            .withVerbs(verbs)
                            .build());
                }
            }
        }
        apply(new ClusterRoleBuilder(whole).withRules(rules).build());
    }

    void giveBack() {
        apply(clusterRole());
    }

    private ClusterRole clusterRole() {
        return objects.stream()
                .filter(ClusterRole.class::isInstance)
                .map(ClusterRole.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private void apply(ClusterRole role) {
        bench.client().resource(role).fieldManager("solo-it").forceConflicts().serverSideApply();
    }

    @Override
    public void close() {
        objects.forEach(object -> bench.client().resource(object).delete());
    }
}
