package solo.app.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The syntax of Go's flag package. */
class GoFlagsTest {

    private static List<String> writtenOut(String... given) {
        return GoFlags.writtenOut(new CommandLine(new NodeDriverRegistrarCommand()).getCommandSpec(), List.of(given));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--csi-address=/s      | --csi-address=/s",
                "-csi-address=/s       | --csi-address=/s",
                "--csi-address /s      | --csi-address=/s",
                "-csi-address -s       | --csi-address=-s",
                "--csi-address=        | --csi-address=",
                "--csi-address         | --csi-address",
                "-v=5                  | --v=5",
                "-v 5                  | --v=5",
                "--v 5                 | --v=5",
                "--enable-pprof        | --enable-pprof=true",
                "-enable-pprof=F       | --enable-pprof=false",
                "--enable-pprof=1      | --enable-pprof=true",
                "--enable-pprof=so     | --enable-pprof=so",
                "--enable-pprof true   | --enable-pprof=true true",
                "-version              | --version=true",
                "-h                    | --help",
                "-help                 | --help",
                "-unknown=1 word       | -unknown=1 word",
                "--mode -- --timeout 2s | --mode=-- --timeout=2s",
            })
    void each_way_of_writing_a_flag_comes_to_one(String given, String written) {
        assertThat(String.join(" ", writtenOut(given.strip().split(" ")))).isEqualTo(written.strip());
    }

    @ParameterizedTest
    @CsvSource({
        "livenessprobe, '', livenessprobe",
        "livenessprobe, --health-port=1, livenessprobe --health-port=1",
        "livenessprobe, controller --v=4, controller --v=4",
        "'', --version, --version",
    })
    void a_program_named_in_the_environment_is_meant_where_flags_come_first(
            String program, String given, String meant) {
        String[] arguments = given.isEmpty() ? new String[0] : given.split(" ");
        assertThat(String.join(" ", DropIns.calledAs(program, arguments))).isEqualTo(meant);
    }
}
