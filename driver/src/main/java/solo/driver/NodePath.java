package solo.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import solo.csi.CsiException;

/** Paths that the kubelet gives us to mount at and to remove. */
final class NodePath {
    private NodePath() {}

    /**
     * The same place by its real name, as the mount table spells it; the kubelet's directory may well be a link. Empty
     * when the directory that should hold it does not exist.
     */
    static Optional<Path> real(String text, String field, Path stateDirectory) throws CsiException, IOException {
        Path path = normal(text, field);
        Path parent = path.getParent();
        Path name = path.getFileName();
        if (parent == null || name == null) {
            throw Refusals.invalid(field + " cannot be " + text);
        }
        Path real;
        try {
            real = parent.toRealPath().resolve(name);
        } catch (NoSuchFileException noParent) {
            return Optional.empty();
        }
        if (Files.isSymbolicLink(real)) {
            throw Refusals.invalid(field + " " + text + " is a symbolic link");
        }
        if (real.startsWith(stateDirectory) || stateDirectory.startsWith(real)) {
            throw Refusals.invalid(
                    field + " " + text + " would hide or change the driver's own files in " + stateDirectory);
        }
        return Optional.of(real);
    }

    /** For reading: a path that is not absolute, or not there, is simply not where a volume is. */
    static Optional<Path> existing(String text) {
        try {
            return text.startsWith("/") ? Optional.of(Path.of(text).toRealPath()) : Optional.empty();
        } catch (IOException | IllegalArgumentException nowhere) {
            return Optional.empty();
        }
    }

    static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static Path normal(String text, String field) throws CsiException {
        Requests.required(text, field);
        Path path;
        try {
            path = Path.of(text);
        } catch (IllegalArgumentException impossible) {
            throw Refusals.invalid(field + " is not a path: " + impossible.getMessage());
        }
        if (!path.isAbsolute() || !path.equals(path.normalize())) {
            throw Refusals.invalid(field + " must be absolute, without . and ..: " + text);
        }
        return path;
    }
}
