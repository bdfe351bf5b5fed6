package solo.csi.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.csi.model.DriverError.AfterCreateVolume;
import solo.csi.model.DriverError.AfterExpandVolume;
import solo.csi.model.DriverError.AfterModifyVolume;
import solo.csi.model.DriverError.Elsewhere;

final class DriverErrorTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            CODE,                final, create,        create elsewhere, expand,     modify
            CANCELED,            false, IN_BACKGROUND, IN_BACKGROUND,    UNCERTAIN,  UNCERTAIN
            UNKNOWN,             true,  FINAL,         FINAL,            FINAL,      FINAL
            INVALID_ARGUMENT,    true,  INFEASIBLE,    INFEASIBLE,       INFEASIBLE, INFEASIBLE
            DEADLINE_EXCEEDED,   false, IN_BACKGROUND, IN_BACKGROUND,    UNCERTAIN,  UNCERTAIN
            NOT_FOUND,           true,  FINAL,         FINAL,            INFEASIBLE, FINAL
            ALREADY_EXISTS,      true,  FINAL,         FINAL,            FINAL,      FINAL
            PERMISSION_DENIED,   true,  FINAL,         FINAL,            FINAL,      FINAL
            RESOURCE_EXHAUSTED,  false, FINAL,         RESCHEDULE,       UNCERTAIN,  UNCERTAIN
            FAILED_PRECONDITION, true,  FINAL,         FINAL,            IN_USE,     FINAL
            ABORTED,             false, IN_BACKGROUND, IN_BACKGROUND,    UNCERTAIN,  UNCERTAIN
            OUT_OF_RANGE,        true,  FINAL,         FINAL,            INFEASIBLE, FINAL
            UNIMPLEMENTED,       true,  FINAL,         FINAL,            FINAL,      FINAL
            INTERNAL,            true,  FINAL,         FINAL,            FINAL,      FINAL
            UNAVAILABLE,         false, IN_BACKGROUND, IN_BACKGROUND,    UNCERTAIN,  UNCERTAIN
            DATA_LOSS,           true,  FINAL,         FINAL,            FINAL,      FINAL
            UNAUTHENTICATED,     true,  FINAL,         FINAL,            FINAL,      FINAL
            """)
    void each_code_means_the_same_as_in_the_go_sidecars(
            Code code,
            boolean isFinal,
            AfterCreateVolume create,
            AfterCreateVolume createElsewhere,
            AfterExpandVolume expand,
            AfterModifyVolume modify) {
        var error = new DriverError(code, "because");
        assertThat(error.isFinal()).isEqualTo(isFinal);
        assertThat(error.afterCreateVolume(Elsewhere.IMPOSSIBLE)).isEqualTo(create);
        assertThat(error.afterCreateVolume(Elsewhere.POSSIBLE)).isEqualTo(createElsewhere);
        assertThat(error.afterExpandVolume()).isEqualTo(expand);
        assertThat(error.afterModifyVolume()).isEqualTo(modify);
    }

    @Test
    void the_text_is_the_one_that_go_prints() {
        assertThat(new DriverError(Code.CANCELED, "context canceled").goText())
                .isEqualTo("rpc error: code = Canceled desc = context canceled");
    }
}
