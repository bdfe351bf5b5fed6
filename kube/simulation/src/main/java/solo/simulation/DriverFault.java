package solo.simulation;

import com.google.protobuf.Message;
import csi.v1.CreateVolumeResponse;
import java.time.Duration;
import java.util.function.UnaryOperator;
import solo.csi.model.Code;

/** What can go wrong with one call of a driver. */
public sealed interface DriverFault {

    /** Answered with this code; nothing happened. */
    record Refused(Code code) implements DriverFault {}

    /** It happened, but the answer is this code: a timeout after success, a connection that broke. */
    record AnswerLost(Code code) implements DriverFault {}

    /** Answered with this code while the work goes on, and is done when {@link FaultyCalls#finishBackground} says. */
    record InBackground(Code code) implements DriverFault {}

    /** Takes this much virtual time, then goes well. */
    record Slow(Duration time) implements DriverFault {}

    /** It happened, but the answer says something else; {@code how} names the lie. */
    record Altered(String how, UnaryOperator<Message> change) implements DriverFault {
        @Override
        public String toString() {
            return "Altered[" + how + "]";
        }
    }

    static DriverFault refused(Code code) {
        return new Refused(code);
    }

    static DriverFault timeoutAfterSuccess() {
        return new AnswerLost(Code.DEADLINE_EXCEEDED);
    }

    static DriverFault timeoutBeforeAnything() {
        return new Refused(Code.DEADLINE_EXCEEDED);
    }

    /** CreateVolume answers with one byte less than it made. */
    static DriverFault tooSmall() {
        return new Altered("too small", answer -> {
            CreateVolumeResponse.Builder changed = ((CreateVolumeResponse) answer).toBuilder();
            changed.getVolumeBuilder()
                    .setCapacityBytes(changed.getVolumeBuilder().getCapacityBytes() - 1);
            return changed.build();
        });
    }

    /** CreateVolume does not say that it filled the volume. */
    static DriverFault withoutContentSource() {
        return new Altered("no content source", answer -> {
            CreateVolumeResponse.Builder changed = ((CreateVolumeResponse) answer).toBuilder();
            changed.getVolumeBuilder().clearContentSource();
            return changed.build();
        });
    }
}
