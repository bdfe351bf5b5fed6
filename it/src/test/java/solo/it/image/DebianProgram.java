package solo.it.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import solo.it.cluster.ClusterOptions;

/** A program of Debian's that a test needs: downloaded and unpacked, never installed. */
public final class DebianProgram {

    private DebianProgram() {}

    /** @param folder emptied, for the package's files */
    public static Path unpacked(String packageName, String program, Path folder) throws IOException {
        Path cache = ClusterOptions.xdg("XDG_CACHE_HOME", ".cache").resolve("debian");
        FileTree.fresh(folder);
        for (Path archive : Apt.of(Platform.here(), cache).download(Set.of(packageName))) {
            DebianPackage.unpack(archive, folder);
        }
        return folder.resolve("usr/bin").resolve(program);
    }
}
