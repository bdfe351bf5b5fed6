package solo.it.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import solo.it.cluster.ClusterProvider.Availability.Available;
import solo.it.cluster.ClusterProvider.Availability.Unavailable;
import solo.it.cluster.k3s.K3sInContainer;
import solo.it.cluster.upstream.UpstreamKubernetes;

/** The providers in the order in which they are tried. */
public final class Clusters {
    private Clusters() {}

    public static List<ClusterProvider> providers() {
        return List.of(new GivenKubeconfig(), new K3sInContainer(), new UpstreamKubernetes());
    }

    /**
     * The first provider that would work here. Says which, and why the ones before it would not.
     *
     * @throws ClusterException when none would, with every reason
     */
    public static ClusterProvider choose(ClusterOptions options, Consumer<String> say) {
        return choose(providers(), options, say);
    }

    static ClusterProvider choose(List<ClusterProvider> providers, ClusterOptions options, Consumer<String> say) {
        var reasons = new ArrayList<String>();
        for (var provider : providers) {
            switch (provider.check(options)) {
                case Available() -> {
                    say.accept("cluster: " + provider.name()
                            + (reasons.isEmpty() ? "" : " (" + String.join("; ", reasons) + ")"));
                    return provider;
                }
                case Unavailable(var reason) -> reasons.add("not " + provider.name() + ": " + reason);
            }
        }
        throw new ClusterException("no cluster can be had here: " + String.join("; ", reasons));
    }
}
