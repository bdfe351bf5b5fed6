package solo.csi.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CodeTest {
    @Test
    void names_and_numbers_are_those_of_grpc_in_go() {
        assertThat(Arrays.stream(Code.values()).map(code -> code.number() + " " + code.goName()))
                .containsExactly(
                        "0 OK",
                        "1 Canceled",
                        "2 Unknown",
                        "3 InvalidArgument",
                        "4 DeadlineExceeded",
                        "5 NotFound",
                        "6 AlreadyExists",
                        "7 PermissionDenied",
                        "8 ResourceExhausted",
                        "9 FailedPrecondition",
                        "10 Aborted",
                        "11 OutOfRange",
                        "12 Unimplemented",
                        "13 Internal",
                        "14 Unavailable",
                        "15 DataLoss",
                        "16 Unauthenticated");
    }

    @Test
    void a_number_that_grpc_does_not_define_counts_as_unknown() {
        assertThat(Code.of(16)).isEqualTo(Code.UNAUTHENTICATED);
        assertThat(Code.of(17)).isEqualTo(Code.UNKNOWN);
        assertThat(Code.of(-1)).isEqualTo(Code.UNKNOWN);
    }
}
