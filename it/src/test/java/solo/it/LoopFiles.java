package solo.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the loop devices of this machine show. */
final class LoopFiles {
    private LoopFiles() {}

    /** All their paths, one after the other. */
    static String ofThisMachine() throws IOException {
        var files = new StringBuilder();
        try (var loops = Files.newDirectoryStream(Path.of("/sys/block"), "loop*")) {
            for (Path loop : loops) {
                Path file = loop.resolve("loop/backing_file");
                if (Files.exists(file)) {
                    files.append(Files.readString(file));
                }
            }
        }
        return files.toString();
    }
}
