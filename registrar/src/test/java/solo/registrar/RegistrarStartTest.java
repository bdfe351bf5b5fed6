package solo.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.registrar.RegistrarStart.Over;
import solo.registrar.RegistrarStart.Serve;

class RegistrarStartTest {

    @ParameterizedTest(name = "version={0} path={1} mode={2} http={3} port={4}: {5}")
    @CsvSource({
        "true , ''       , ''                        , ''    , 0    , exit 0 VersionShown",
        "true , ''       , ''                        , :9809 , 9809 , exit 0 VersionShown",
        "false, ''       , ''                        , ''    , 0    , exit 1 NoRegistrationPath",
        "false, ''       , kubelet-registration-probe, ''    , 0    , exit 1 NoRegistrationPath",
        "false, /csi.sock, kubelet-registration-probe, ''    , 0    , exit 0 ProbeMode",
        "false, /csi.sock, kubelet-registration-probe, :9809 , 9809 , exit 0 ProbeMode",
        "false, /csi.sock, ''                        , :9809 , 9809 , exit 1 TwoHealthAddresses",
        "false, /csi.sock, something-else            , ''    , 0    , serve nowhere",
        "false, /csi.sock, ''                        , ''    , 0    , serve nowhere",
        "false, /csi.sock, ''                        , ''    , -1   , serve nowhere",
        "false, /csi.sock, ''                        , :9809 , -1   , serve :9809",
        "false, /csi.sock, ''                        , :9809 , 0    , serve :9809",
        "false, /csi.sock, ''                        , ''    , 9809 , serve :9809",
    })
    void flags_are_checked_in_the_order_of_the_go_program(
            boolean version, String path, String mode, String httpEndpoint, int healthPort, String expected) {
        RegistrarStart start =
                RegistrarStart.of(options(version, path, httpEndpoint, healthPort, false, mode, Duration.ZERO));

        assertThat(describe(start)).isEqualTo(expected);
    }

    @Test
    void flags_without_effect_are_told() {
        var start =
                RegistrarStart.of(options(false, "/csi.sock", "", 9809, true, "something-else", Duration.ofSeconds(5)));

        assertThat(start)
                .isInstanceOfSatisfying(
                        Serve.class,
                        serve -> assertThat(serve.notices())
                                .hasSize(4)
                                .anyMatch(s -> s.startsWith("--health-port"))
                                .anyMatch(s -> s.startsWith("--connection-timeout"))
                                .anyMatch(s -> s.startsWith("--mode"))
                                .anyMatch(s -> s.startsWith("--enable-pprof")));
    }

    @Test
    void the_defaults_are_those_of_the_go_program() {
        assertThat(RegistrarOptions.DEFAULTS)
                .isEqualTo(new RegistrarOptions(
                        false,
                        "/run/csi/socket",
                        "",
                        "/registration",
                        Duration.ofSeconds(1),
                        "",
                        0,
                        false,
                        "",
                        Duration.ZERO));
    }

    private static final Map<RegistrarEnd, Integer> EXIT_CODES = Map.ofEntries(
            Map.entry(new RegistrarEnd.VersionShown(), 0),
            Map.entry(new RegistrarEnd.ProbeMode(), 0),
            Map.entry(new RegistrarEnd.Stopped(), 0),
            Map.entry(new RegistrarEnd.BadFlag("flag provided but not defined: -x"), 2),
            Map.entry(new RegistrarEnd.BadLogging("unknown format"), 1),
            Map.entry(new RegistrarEnd.NoRegistrationPath(), 1),
            Map.entry(new RegistrarEnd.TwoHealthAddresses(), 1),
            Map.entry(new RegistrarEnd.DriverUnreachable("/csi.sock", "no such file"), 1),
            Map.entry(new RegistrarEnd.NoDriverName("the name is empty"), 1),
            Map.entry(new RegistrarEnd.SocketRefused("x is not a socket"), 1),
            Map.entry(new RegistrarEnd.HealthRefused(":9809", "in use"), 1),
            Map.entry(new RegistrarEnd.RefusedByKubelet("no node id"), 1),
            Map.entry(new RegistrarEnd.SocketLeft("read-only file system"), 1));

    @Test
    void every_end_has_the_exit_code_of_the_go_program_and_a_sentence() {
        EXIT_CODES.forEach((end, exitCode) -> {
            assertThat(end.exitCode()).as("%s", end).isEqualTo(exitCode);
            assertThat(end.sentence()).isNotBlank();
        });
        List<Class<?>> told = EXIT_CODES.keySet().stream()
                .<Class<?>>map(RegistrarEnd::getClass)
                .toList();
        assertThat(told).hasSameElementsAs(List.of(RegistrarEnd.class.getPermittedSubclasses()));
    }

    private static RegistrarOptions options(
            boolean version,
            String path,
            String httpEndpoint,
            int healthPort,
            boolean pprof,
            String mode,
            Duration connectionTimeout) {
        RegistrarOptions d = RegistrarOptions.DEFAULTS;
        return new RegistrarOptions(
                version,
                d.csiAddress(),
                path,
                d.pluginRegistrationPath(),
                d.timeout(),
                httpEndpoint,
                healthPort,
                pprof,
                mode,
                connectionTimeout);
    }

    private static String describe(RegistrarStart start) {
        return switch (start) {
            case Serve serve -> "serve " + (serve.healthAddress().isEmpty() ? "nowhere" : serve.healthAddress());
            case Over(var end) ->
                "exit " + end.exitCode() + " " + end.getClass().getSimpleName();
        };
    }
}
