package solo.it.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What one may choose about a cluster.
 *
 * @param state the one folder where it lives; may be deleted when no cluster runs in it
 * @param packages whether missing Debian packages may be installed
 * @param controllerRequests requests a second that the controller-manager may make; empty is its default of 20, with
 *     which it binds about 4 claims a second
 * @param audited the group of users whose requests the API server writes down, where it is ours; empty for nobody's
 */
public record ClusterOptions(Path state, Packages packages, OptionalInt controllerRequests, Optional<String> audited) {
    /** Whether missing Debian packages are installed, or named and refused. */
    public enum Packages {
        INSTALL,
        REFUSE
    }

    public ClusterOptions {
        state = state.toAbsolutePath().normalize();
    }

    /** The usual folder, packages installed, the controller-manager as it comes. */
    public static ClusterOptions standard() {
        return new ClusterOptions(
                xdg("XDG_STATE_HOME", ".local/state").resolve("cluster"),
                Packages.INSTALL,
                OptionalInt.empty(),
                Optional.empty());
    }

    public ClusterOptions withState(Path state) {
        return new ClusterOptions(state, packages, controllerRequests, audited);
    }

    public ClusterOptions withPackages(Packages packages) {
        return new ClusterOptions(state, packages, controllerRequests, audited);
    }

    public ClusterOptions withControllerRequests(int perSecond) {
        return new ClusterOptions(state, packages, OptionalInt.of(perSecond), audited);
    }

    /** Verbs, users and resources only, never a body. */
    public ClusterOptions withAudit(String group) {
        return new ClusterOptions(state, packages, controllerRequests, Optional.of(group));
    }

    /** Solo's folder below one of the XDG base folders. */
    public static Path xdg(String variable, String fallback) {
        var value = System.getenv(variable);
        var base = value == null || !Path.of(value).isAbsolute()
                ? Path.of(System.getProperty("user.home"), fallback)
                : Path.of(value);
        return base.resolve("solo");
    }

    /**
     * The folder of our Go module, looked for from the working folder upwards.
     *
     * @throws ClusterException outside a checkout of Solo
     */
    public static Path goModule() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                .takeWhile(folder -> folder != null)
                .map(folder -> folder.resolve("it/kubernetes"))
                .filter(folder -> Files.exists(folder.resolve("go.mod")))
                .findFirst()
                .orElseThrow(() -> new ClusterException("it/kubernetes/go.mod is neither here nor in a folder above: "
                        + "run this inside a checkout of Solo"));
    }
}
