package solo.app.options;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time that must not be nothing, or something would be done without a pause. */
final class PositiveDuration implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        Duration time = new GoDuration().convert(text);
        if (time.isPositive()) {
            return time;
        }
        throw new TypeConversionException("'" + text + "' is too short; write more than 0");
    }
}
