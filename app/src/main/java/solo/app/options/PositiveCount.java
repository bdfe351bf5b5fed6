package solo.app.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of workers or the like: 1 or more. */
final class PositiveCount implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String text) {
        try {
            int count = Integer.parseInt(text);
            if (count > 0) {
                return count;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new TypeConversionException("'" + text + "' is too few or no number; write 1 or more");
    }
}
