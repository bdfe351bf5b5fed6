package solo.app.options;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A path from the root: what the kubelet is told of must not depend on where Solo was started. */
final class AbsolutePath implements ITypeConverter<Path> {

    @Override
    public Path convert(String text) {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException noPath) {
            // told below
        }
        throw new TypeConversionException("'" + text + "' is not a path from the root; begin it with /");
    }
}
