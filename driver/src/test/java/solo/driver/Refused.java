package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import solo.csi.CsiException;
import solo.csi.model.Code;

/** A call that must be refused with this code; goes on with the sentence. */
final class Refused {
    private Refused() {}

    static AbstractStringAssert<?> with(Code code, ThrowingCallable call) {
        CsiException refusal = catchThrowableOfType(CsiException.class, call);
        assertThat(refusal).as("refused with %s", code).isNotNull();
        assertThat(refusal.code()).as(refusal.description()).isEqualTo(code);
        return assertThat(refusal.description());
    }
}
