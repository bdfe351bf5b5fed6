package solo.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import solo.it.cluster.ClusterOptions.Packages;
import solo.it.cluster.ClusterProvider.Availability.Available;
import solo.it.cluster.ClusterProvider.Availability.Unavailable;

class ClustersTest {

    private static final ClusterOptions OPTIONS =
            new ClusterOptions(Path.of("/tmp/none"), Packages.REFUSE, OptionalInt.empty(), Optional.empty());

    private record Provider(String name, Availability availability) implements ClusterProvider {
        @Override
        public Availability check(ClusterOptions options) {
            return availability;
        }

        @Override
        public LocalCluster start(ClusterOptions options, Progress progress) {
            throw new AssertionError("only chosen, never started");
        }
    }

    @Test
    void the_first_that_works_is_chosen_and_it_says_why_the_ones_before_were_not() {
        var first = new Provider("a given cluster", new Unavailable("KUBECONFIG is not set"));
        var second = new Provider("k3s", new Available());
        var third = new Provider("upstream", new Available());
        List<String> said = new ArrayList<>();

        assertThat(Clusters.choose(List.of(first, second, third), OPTIONS, said::add))
                .isSameAs(second);
        assertThat(said).containsExactly("cluster: k3s (not a given cluster: KUBECONFIG is not set)");
    }

    @Test
    void where_none_works_every_reason_is_told() {
        var one = new Provider("k3s", new Unavailable("no Docker engine answers"));
        var other = new Provider("upstream", new Unavailable("Go is not installed"));

        assertThatThrownBy(() -> Clusters.choose(List.of(one, other), OPTIONS, line -> {}))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("no Docker engine answers")
                .hasMessageContaining("Go is not installed");
    }

    @Test
    void a_given_kubeconfig_comes_before_k3s_and_k3s_before_upstream() {
        assertThat(Clusters.providers())
                .extracting(provider -> provider.getClass().getSimpleName())
                .containsExactly("GivenKubeconfig", "K3sInContainer", "UpstreamKubernetes");
    }
}
