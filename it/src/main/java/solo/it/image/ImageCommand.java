package solo.it.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import solo.app.SoloVersion;
import solo.app.StartupProblem;
import solo.it.cluster.ClusterException;
import solo.it.up.Checkout;
import solo.it.up.Terminal;

/** {@code solo image}. */
@Command(
        name = "image",
        customSynopsis = "solo image [OPTIONS]",
        mixinStandardHelpOptions = true,
        versionProvider = SoloVersion.class,
        sortOptions = false,
        description = {
            "Builds the container image as an OCI archive, with its bill of materials (CycloneDX) beside it.",
            "Needs no Docker daemon and pulls no image: the Java runtime is cut out of this JDK, the C library",
            "and a node's filesystem programs come from Debian's packages."
        })
public final class ImageCommand implements Callable<Integer> {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The archive. Default: target/solo-VERSION-ARCH.oci.tar in the checkout.")
    private @Nullable Path output;

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            split = ",",
            converter = Platform.Converter.class,
            description = "For which processor: amd64, arm64, or amd64,arm64 for one archive with both."
                    + " Default: this machine's. Another one's image has no class archive, so it starts slower.")
    private List<Platform> platforms = List.of();

    @Option(
            names = "--java-home-arm64",
            paramLabel = "DIR",
            description = "On another machine: a JDK 25 for arm64 with its jmods. Default: Debian's.")
    private @Nullable Path jdkForArm64;

    @Option(
            names = "--name",
            paramLabel = "NAME:TAG",
            description = "The image's name. Default: solo.local/solo:VERSION.")
    private @Nullable String name;

    @Option(
            names = "--classes",
            paramLabel = "FILE",
            description = "The list of classes of an image that is to be built again, digest and all:"
                    + " its usr/share/doc/solo/classes.txt. Default: recorded in a training run.")
    private @Nullable Path classes;

    @Option(names = "--check", description = "Build it a second time and fail if the digest is another.")
    private boolean check;

    private final Terminal terminal = Terminal.standard();

    @Override
    public Integer call() throws StartupProblem, IOException {
        SoloImage.Targets targets = SoloImage.Targets.of(platforms, jdkForArm64);
        SoloImage.Plan standard = SoloImage.Plan.standard(Checkout.folder(), targets);
        SoloImage.Plan plan = new SoloImage.Plan(
                standard.checkout(),
                name == null ? standard.name() : name,
                output == null ? standard.archive() : output,
                classes,
                targets);
        Path work = standard.checkout().resolve("target/image");
        try {
            SoloImage image = SoloImage.build(plan, work, terminal);
            terminal.say(image.name() + " " + image.digest());
            terminal.say(String.format(Locale.ROOT, "%s %.1f MB", image.archive(), image.size() / 1e6));
            terminal.say(image.bill().toString());
            if (check) {
                SoloImage again = SoloImage.build(plan.into(work.resolve("again.oci.tar")), work, terminal);
                Files.delete(again.archive());
                Files.delete(again.bill());
                if (!again.digest().equals(image.digest())) {
                    throw new StartupProblem("built again it is another image: " + again.digest());
                }
                terminal.say("built again, the digest is the same");
            }
            return 0;
        } catch (ClusterException problem) {
            throw new StartupProblem(String.valueOf(problem.getMessage()), problem);
        }
    }
}
