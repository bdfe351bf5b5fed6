package solo.app.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many volumes a node may have; 0 is any number. */
final class VolumeLimit implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 0) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new TypeConversionException("'" + text + "' is no number of volumes; write 1 or more, or 0 for no limit");
    }
}
