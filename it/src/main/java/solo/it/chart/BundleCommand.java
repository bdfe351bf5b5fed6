package solo.it.chart;

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
import solo.it.image.Platform;
import solo.it.image.SoloImage;
import solo.it.up.Checkout;
import solo.it.up.Terminal;

/** {@code solo bundle}. */
@Command(
        name = "bundle",
        customSynopsis = "solo bundle [OPTIONS]",
        mixinStandardHelpOptions = true,
        versionProvider = SoloVersion.class,
        sortOptions = false,
        description = {
            "One file for clusters without internet: image, Helm chart, plain manifests, bill of materials, checksums",
            "and an install script for k3s, containerd and registries."
        })
public final class BundleCommand implements Callable<Integer> {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The bundle. Default: target/solo-VERSION-airgap.tar.gz in the checkout.")
    private @Nullable Path output;

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            split = ",",
            converter = Platform.Converter.class,
            description = "For which processors: amd64, arm64, or amd64,arm64. Default: this machine's.")
    private List<Platform> platforms = List.of();

    private final Terminal terminal = Terminal.standard();

    @Override
    public Integer call() throws StartupProblem, IOException {
        Path checkout = Checkout.folder();
        Path target = checkout.resolve("target");
        String version = SoloVersion.text();
        Path archive = output == null ? target.resolve("solo-" + version + "-airgap.tar.gz") : output.toAbsolutePath();
        try {
            SoloImage.Plan plan = SoloImage.Plan.standard(checkout, SoloImage.Targets.of(platforms, null));
            SoloImage image = SoloImage.build(plan, target.resolve("image"), terminal);
            Helm helm = Helm.buildOrFind(checkout, terminal);
            new Bundle(image.archive(), image.bill(), version).write(checkout, helm, target.resolve("bundle"), archive);
            terminal.say(String.format(Locale.ROOT, "%s %.1f MB", archive, Files.size(archive) / 1e6));
            return 0;
        } catch (ClusterException problem) {
            throw new StartupProblem(String.valueOf(problem.getMessage()), problem);
        }
    }
}
