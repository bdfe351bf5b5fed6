package solo.it.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import solo.it.cluster.ClusterException;

/**
 * A JDK for another processor out of Debian's packages.
 *
 * @param libraries archives of the C and C++ libraries that it was built for; everything older runs with them too
 */
record DebianJdk(JavaRuntime runtime, List<Path> libraries) {

    /** Debian 13, the first release that has a Java 25. */
    private static final String FIRST_RELEASE = "trixie";

    private static final Set<String> LIBRARIES = Set.of("libc6", "libgcc-s1", "libstdc++6");

    /**
     * Finds it in this machine's release of Debian or in the first that has one.
     *
     * @param folder for its files
     */
    static DebianJdk find(Platform platform, Path cache, Path folder) throws IOException {
        String java = "openjdk-" + Runtime.version().feature();
        Set<String> names = new TreeSet<>(Set.of(java + "-jdk-headless", java + "-jre-headless"));
        Apt apt = Apt.of(platform, cache);
        List<Path> archives;
        try {
            archives = apt.download(names);
        } catch (ClusterException releaseTooOld) {
            try {
                apt = apt.ofRelease(FIRST_RELEASE, platform);
                archives = apt.download(names);
            } catch (ClusterException none) {
                throw new ClusterException(
                        "apt offers no " + java + " for " + platform + " (" + none.getMessage()
                                + "); unpack a JDK with its jmods and name its folder with --java-home-" + platform,
                        none);
            }
        }
        FileTree.fresh(folder);
        List<DebianPackage> packages = new ArrayList<>();
        for (Path archive : archives) {
            packages.add(DebianPackage.unpack(archive, folder));
        }
        Path home = folder.resolve("usr/lib/jvm/java-" + Runtime.version().feature() + "-openjdk-" + platform);
        return new DebianJdk(JavaRuntime.of(home, packages, platform), apt.download(LIBRARIES));
    }

    /** Names of the packages that its libraries take the place of. */
    static Set<String> replaced() {
        return LIBRARIES;
    }
}
