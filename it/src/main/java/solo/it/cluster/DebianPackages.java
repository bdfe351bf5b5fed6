package solo.it.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Programs of this machine that come as Debian packages. Named before anything is installed. */
public final class DebianPackages {
    private static final Path APT = Path.of("/usr/bin/apt-get");

    /**
     * Starts no daemon while it installs, and leaves none enabled: the containerd of a cluster is our own child. A shell
     * script, so that it tidies up even if this JVM is killed meanwhile.
     */
    private static final String INSTALL = """
            set -e
            policy=/usr/sbin/policy-rc.d
            units=$(ls /lib/systemd/system /usr/lib/systemd/system 2>/dev/null | sort -u)
            if [ ! -e $policy ]; then
              trap 'rm -f $policy' EXIT
              printf '#!/bin/sh\\nexit 101\\n' >$policy
              chmod 755 $policy
            fi
            install() { apt-get install -y -q --no-install-recommends -o Dpkg::Use-Pty=0 "$@"; }
            install "$@" || { apt-get update -q; install "$@"; }
            if [ -d /run/systemd/system ] && ! echo "$units" | grep -qx containerd.service; then
              systemctl disable containerd.service 2>/dev/null || true
            fi
            """;

    private DebianPackages() {}

    /**
     * A program that must be there, and the package that brings it.
     *
     * @param path where the package puts it
     */
    public record Program(String debianPackage, Path path) {
        boolean isMissing() {
            return !Files.exists(path);
        }
    }

    /** The packages of the programs that are not there, each once. */
    public static List<String> missing(List<Program> programs) {
        return programs.stream()
                .filter(Program::isMissing)
                .map(Program::debianPackage)
                .distinct()
                .toList();
    }

    /** Whether this machine is Debian or alike and we may install. */
    public static boolean canInstall() {
        return Files.isExecutable(APT) && isRoot();
    }

    public static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Whether a program needs no libraries, so that it runs in an image alone. */
    public static boolean isStatic(Path program) {
        try {
            return Files.exists(program)
                    && !new String(Files.readAllBytes(program), StandardCharsets.ISO_8859_1).contains("/ld-linux");
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Installs what is missing, after naming it.
     *
     * @throws ClusterException when that is not allowed or not possible here, with the command to run
     */
    public static void install(List<String> packages, ClusterOptions options, Progress progress) {
        if (packages.isEmpty()) {
            return;
        }
        var names = String.join(" ", packages);
        if (options.packages() == ClusterOptions.Packages.REFUSE) {
            throw new ClusterException("Debian packages are missing and --no-install was given, run: apt-get install "
                    + "--no-install-recommends " + names);
        }
        if (!canInstall()) {
            throw new ClusterException(
                    "programs are missing that Debian has in these packages, install them as root: " + names);
        }
        var step = "install Debian packages " + names;
        var argv = new ArrayList<>(List.of("/bin/sh", "-c", INSTALL, "install"));
        argv.addAll(packages);
        var command = new Command(
                "installing " + names, argv, Path.of("/"), Map.of("DEBIAN_FRONTEND", "noninteractive", "LC_ALL", "C"));
        progress.step(step, () -> command.run(line -> {}, () -> progress.fraction(step, OptionalDouble.empty())));
    }
}
