package solo.it.cluster.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.HostConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import solo.it.cluster.ClusterOptions;
import solo.it.cluster.ClusterProvider;
import solo.it.cluster.ClusterProvider.Availability.Available;
import solo.it.cluster.ClusterProvider.Availability.Unavailable;
import solo.it.cluster.LocalCluster;
import solo.it.cluster.Progress;

/** k3s in one privileged container, where there is an engine that runs such and has or gets the image. */
public final class K3sInContainer implements ClusterProvider {
    private static final String REPOSITORY = "rancher/k3s";
    private static final String DEFAULT_TAG = "v1.34.1-k3s1";
    private static final int PULL_SECONDS = 180;

    @Override
    public String name() {
        return "k3s in a container";
    }

    @Override
    public Availability check(ClusterOptions options) {
        // Asked first, because Testcontainers logs a page when there is no engine.
        if (System.getenv("DOCKER_HOST") == null && !Files.exists(Path.of("/var/run/docker.sock"))) {
            return new Unavailable("no Docker engine, neither DOCKER_HOST nor /var/run/docker.sock");
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return new Unavailable("the Docker engine does not answer");
        }
        var docker = DockerClientFactory.instance().client();
        var image = localImage(docker).or(() -> pulled(docker));
        return image.isEmpty()
                ? new Unavailable("the image " + REPOSITORY + " is not here and cannot be pulled")
                : privileged(docker, image.get());
    }

    @Override
    public LocalCluster start(ClusterOptions options, Progress progress) {
        var image = localImage(DockerClientFactory.instance().client()).orElse(REPOSITORY + ":" + DEFAULT_TAG);
        return K3sCluster.start(image, options, progress);
    }

    /** The newest of the tags that are here. */
    private static Optional<String> localImage(DockerClient docker) {
        return docker.listImagesCmd().withReferenceFilter(REPOSITORY).exec().stream()
                .flatMap(image -> image.getRepoTags() == null ? Stream.empty() : Arrays.stream(image.getRepoTags()))
                .max(Comparator.naturalOrder());
    }

    private static Optional<String> pulled(DockerClient docker) {
        try {
            var done = docker.pullImageCmd(REPOSITORY)
                    .withTag(DEFAULT_TAG)
                    .start()
                    .awaitCompletion(PULL_SECONDS, TimeUnit.SECONDS);
            return done ? localImage(docker) : Optional.empty();
        } catch (DockerException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Engines differ in what they refuse, so a container that only says its version is tried. */
    private static Availability privileged(DockerClient docker, String image) {
        var id = docker.createContainerCmd(image)
                .withCmd("--version")
                .withHostConfig(HostConfig.newHostConfig().withPrivileged(true))
                .exec()
                .getId();
        try {
            docker.startContainerCmd(id).exec();
            return new Available();
        } catch (DockerException e) {
            return new Unavailable("the Docker engine starts no privileged container (" + firstLine(e) + ")");
        } finally {
            docker.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        }
    }

    private static String firstLine(DockerException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
