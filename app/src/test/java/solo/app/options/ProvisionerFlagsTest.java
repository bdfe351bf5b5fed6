package solo.app.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Names, defaults and meaning of external-provisioner's flags: inventory §1.1 and §1.2. */
class ProvisionerFlagsTest {

    @Command
    private static final class Flags {
        @Mixin
        private final SoloOptions options = new SoloOptions();
    }

    private static SoloOptions parse(String... arguments) {
        Flags flags = new Flags();
        new CommandLine(flags).parseArgs(arguments);
        return flags.options;
    }

    @Test
    void every_default_is_that_of_go() {
        SoloOptions none = parse();
        Map<String, Object> defaults = new TreeMap<>(Map.of(
                "volume-name-prefix", none.provisioner.volumeNamePrefix,
                "volume-name-uuid-length", none.provisioner.volumeNameUuidLength,
                "retry-interval-start", none.retry.start,
                "retry-interval-max", none.retry.max,
                "worker-threads", none.provisionerWorkers(),
                "cloning-protection-threads", none.provisioner.cloningProtectionThreads,
                "snapshot-orphan-sweep-interval", none.provisioner.snapshotOrphanSweepInterval,
                "timeout", none.provisionerTimeout(),
                "default-fstype", none.provisioner.defaultFsType));
        assertThat(defaults)
                .isEqualTo(new TreeMap<>(Map.of(
                        "volume-name-prefix",
                        "pvc",
                        "volume-name-uuid-length",
                        -1,
                        "retry-interval-start",
                        Duration.ofSeconds(1),
                        "retry-interval-max",
                        Duration.ofMinutes(5),
                        "worker-threads",
                        100,
                        "cloning-protection-threads",
                        1,
                        "snapshot-orphan-sweep-interval",
                        Duration.ofMinutes(5),
                        "timeout",
                        Duration.ofSeconds(10),
                        "default-fstype",
                        "")));
        assertThat(none.capacity).usingRecursiveComparison().isEqualTo(new CapacityFlags());
        assertThat(none.capacity.pollInterval).isEqualTo(Duration.ofMinutes(1));
        assertThat(none.capacity.ownerRefLevel).isEqualTo(1);
        assertThat(none.capacity.workers).isEqualTo(1);
        assertThat(none.capacity.burst).isEqualTo(5);
        assertThat(none.nodeDeployment.baseDelay).isEqualTo(Duration.ofSeconds(20));
        assertThat(none.nodeDeployment.maxDelay).isEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--master=https://10.0.0.1",
                "--volume-name-prefix=pvc",
                "--volume-name-uuid-length=8",
                "--retry-interval-start=1s",
                "--retry-interval-max=5m",
                "--worker-threads=100",
                "--cloning-protection-threads=1",
                "--snapshot-orphan-sweep-interval=5m",
                "--capacity-threads=1",
                "--timeout=10s",
                "--strict-topology=false",
                "--immediate-topology=true",
                "--extra-create-metadata=true",
                "--enable-pprof=false",
                "--default-fstype=ext4",
                "--kube-api-capacity-qps=1",
                "--kube-api-capacity-burst=5",
                "--enable-capacity=true",
                "--capacity-for-immediate-binding=false",
                "--capacity-poll-interval=1m",
                "--capacity-ownerref-level=-1",
                "--node-deployment=true",
                "--node-deployment-immediate-binding=true",
                "--node-deployment-base-delay=20s",
                "--node-deployment-max-delay=60s",
                "--controller-publish-readonly=false",
                "--prevent-volume-mode-conversion=true",
                "--feature-gates=Topology=true",
                "--kubeconfig=/etc/kubeconfig",
                "--csi-address=/run/csi/socket",
                "--leader-election=true",
                "--leader-election-namespace=solo-system",
                "--leader-election-lease-duration=15s",
                "--leader-election-renew-deadline=10s",
                "--leader-election-retry-period=5s",
                "--leader-election-labels=app:solo",
                "--kube-api-qps=5",
                "--kube-api-burst=10",
                "--http-endpoint=:8080",
                "--metrics-address=:8080",
                "--metrics-path=/metrics",
                "--automaxprocs=true",
                "--v=5",
                "-v=5",
                "--vmodule=a=1",
                "--logging-format=text",
                "--log-flush-frequency=5s",
            })
    void every_flag_of_the_go_command_line_is_taken(String flag) {
        parse(flag).check();
    }

    @ParameterizedTest
    @CsvSource({
        "--strict-topology, false",
        "--immediate-topology, true",
        "--extra-create-metadata, false",
        "--enable-capacity, false",
        "--capacity-for-immediate-binding, false",
        "--node-deployment, false",
        "--node-deployment-immediate-binding, true",
        "--controller-publish-readonly, false",
        "--prevent-volume-mode-conversion, true",
        "--leader-election, false",
    })
    void switches_have_the_default_of_go_and_can_be_given_with_and_without_a_value(String name, boolean usual) {
        assertThat(switched(name)).isEqualTo(usual);
        assertThat(switched(name, name)).isTrue();
        assertThat(switched(name, name + "=false")).isFalse();
        assertThat(switched(name, name + "=true")).isTrue();
    }

    private static boolean switched(String name, String... arguments) {
        SoloOptions options = parse(arguments);
        return switch (name) {
            case "--strict-topology" -> options.provisioner.strictTopology;
            case "--immediate-topology" -> options.provisioner.immediateTopology;
            case "--extra-create-metadata" -> options.provisioner.extraCreateMetadata;
            case "--enable-capacity" -> options.capacity.enabled;
            case "--capacity-for-immediate-binding" -> options.capacity.forImmediateBinding;
            case "--node-deployment" -> options.nodeDeployment.enabled;
            case "--node-deployment-immediate-binding" -> options.nodeDeployment.immediateBinding;
            case "--controller-publish-readonly" -> options.provisioner.controllerPublishReadOnly;
            case "--prevent-volume-mode-conversion" -> options.provisioner.preventVolumeModeConversion;
            case "--leader-election" -> options.election.enabled;
            default -> throw new AssertionError(name);
        };
    }

    @Test
    void the_plain_names_hold_for_every_controller_that_has_no_flag_of_its_own_set() {
        SoloOptions options = parse("--timeout=30s", "--attacher-timeout=7s", "--worker-threads=5");
        assertThat(options.provisionerTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.attacherTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(options.provisionerWorkers()).isEqualTo(5);
        assertThat(options.attacherWorkers()).isEqualTo(5);
    }

    @Test
    void in_the_resizer_the_plain_timeout_beats_its_own_two() {
        SoloOptions options = parse("--timeout=30s", "--resize-timeout=7s");
        assertThat(options.resizeTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.modifyTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(parse("--resize-timeout=7s").resizeTimeout()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void flags_that_mean_something_to_go_only_are_taken_and_say_so_once() {
        SoloOptions options = parse(
                "--enable-pprof",
                "--automaxprocs",
                "--vmodule=controller=5",
                "--logging-format=json",
                "--log-flush-frequency=1s",
                "--metrics-address=:8080",
                "--feature-gates=Topology=true,HonorPVReclaimPolicy=true");
        options.check();
        assertThat(options.notes()).hasSize(6).allMatch(note -> note.startsWith("--"));
        assertThat(options.endpoint.address()).isEqualTo(":8080");
        assertThat(parse().notes()).isEmpty();
    }
}
