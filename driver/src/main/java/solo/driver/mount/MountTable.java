package solo.driver.mount;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The kernel's mount table at one moment, in the order of mounting; see proc_pid_mountinfo(5). */
public record MountTable(List<MountPoint> mounts) {
    public MountTable {
        mounts = List.copyOf(mounts);
    }

    /** {@code id parent major:minor root mountpoint options [optional...] - type source superoptions}, as Latin-1. */
    public static MountTable parse(List<String> lines) {
        var mounts = new ArrayList<MountPoint>();
        for (String line : lines) {
            String[] fields = line.split(" ", 7);
            if (fields.length == 7) {
                String[] filesystem = filesystem(fields[6]);
                mounts.add(new MountPoint(
                        unescape(fields[4]),
                        MountOrigin.of(fields[2], unescape(fields[3])),
                        filesystem.length < 2 ? "" : unescape(filesystem[1]),
                        words(fields[5]),
                        filesystem.length < 3 ? Set.of() : words(filesystem[2])));
            }
        }
        return new MountTable(mounts);
    }

    /** {@code [optional...] - type source superoptions}; the number of optional fields varies. */
    private static String[] filesystem(String rest) {
        int dash = (" " + rest).indexOf(" - ");
        return dash < 0 ? new String[0] : rest.substring(dash + 2).split(" ", 3);
    }

    private static Set<String> words(String options) {
        return new HashSet<>(List.of(options.split(",")));
    }

    /** What is seen at exactly this path: the last mount made there. */
    public Optional<MountPoint> at(Path realPath) {
        return mounts.reversed().stream()
                .filter(mount -> mount.path().equals(realPath.toString()))
                .findFirst();
    }

    public List<MountPoint> showing(MountOrigin origin) {
        return mounts.stream().filter(mount -> mount.origin().equals(origin)).toList();
    }

    /** Mounts of a device, or of parts of what is on it. */
    public List<MountPoint> ofDevice(Path device) {
        return mounts.stream()
                .filter(mount -> mount.source().equals(device.toString()))
                .toList();
    }

    /** Mounts below a path, the path itself excluded. */
    public List<MountPoint> below(Path realPath) {
        return mounts.stream()
                .filter(mount -> mount.path().startsWith(realPath + "/"))
                .toList();
    }

    /** What a mount of this path would show. The path must be real: absolute, without symbolic links. */
    public MountOrigin originOf(Path realPath) {
        String path = realPath.toString();
        MountPoint nearest = null;
        for (MountPoint mount : mounts) {
            if (holds(mount.path(), path)
                    && (nearest == null
                            || mount.path().length() >= nearest.path().length())) {
                nearest = mount;
            }
        }
        if (nearest == null) {
            throw new IllegalArgumentException("not below any mount: " + realPath);
        }
        String rest = path.substring(nearest.path().length());
        return nearest.origin().resolve(rest.startsWith("/") ? rest.substring(1) : rest);
    }

    private static boolean holds(String mount, String path) {
        return mount.equals("/") || path.equals(mount) || path.startsWith(mount + "/");
    }

    /** Space, tab, newline and backslash are written as three octal digits. */
    private static String unescape(String field) {
        var bytes = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && i + 3 < field.length()) {
                bytes.append((char) Integer.parseInt(field, i + 1, i + 4, 8));
                i += 3;
            } else {
                bytes.append(c);
            }
        }
        return new String(bytes.toString().getBytes(ISO_8859_1), UTF_8);
    }
}
