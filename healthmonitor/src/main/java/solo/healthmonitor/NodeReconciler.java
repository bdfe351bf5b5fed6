package solo.healthmonitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import solo.healthmonitor.model.HealthEvents;
import solo.healthmonitor.rules.Monitored;
import solo.healthmonitor.rules.NodeNews;
import solo.healthmonitor.rules.NodeNews.Told;
import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.Store;
import solo.kube.model.Node;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectReference;
import solo.kube.model.Outcome;
import solo.kube.model.PersistentVolume;
import solo.kube.model.Pod;

/** Tells the claims whose pods are on a node that it has failed, and the same ones that it is back. */
final class NodeReconciler implements Reconciler {

    private final String driver;
    private final Ports ports;
    private final ClaimNews news;
    private final Store<Node> nodes;
    private final Store<PersistentVolume> volumes;
    private final Store<Pod> pods;
    private final Map<ObjectKey, List<ObjectReference>> failed = new ConcurrentHashMap<>();
    private final Map<ObjectKey, Instant> firstSeen = new ConcurrentHashMap<>();

    NodeReconciler(MonitoredDriver driver, Ports ports, ClaimNews news) {
        this.driver = driver.name();
        this.ports = ports;
        this.news = news;
        this.nodes = ports.cluster().store(Kinds.NODE);
        this.volumes = ports.cluster().store(Kinds.VOLUME);
        this.pods = ports.cluster().store(Kinds.POD);
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Instant now = ports.clock().now();
        Instant since = firstSeen.computeIfAbsent(key, node -> now);
        Told told = failed.containsKey(key) ? Told.FAILED : Told.NOTHING;
        NodeNews found = NodeNews.of(nodes.get(key), told, since, now);
        if (!(found instanceof NodeNews.NotYet)) {
            firstSeen.remove(key);
        }
        return switch (found) {
            case NodeNews.Nothing() -> Outcome.done();
            case NodeNews.NotYet(var left) -> Outcome.again(left);
            case NodeNews.Failed() -> {
                List<ObjectReference> claims = tellFailed(key.name());
                // Of a node that is gone and that nobody used, nothing is kept: nodes come and go for ever.
                if (nodes.get(key) != null || !claims.isEmpty()) {
                    failed.put(key, claims);
                }
                yield Outcome.done();
            }
            case NodeNews.Recovered() -> {
                List<ObjectReference> claims = failed.remove(key);
                if (claims != null) {
                    claims.forEach(claim -> ports.events().record(claim, HealthEvents.nodeRecovered(key.name())));
                }
                yield Outcome.done();
            }
        };
    }

    private List<ObjectReference> tellFailed(String node) {
        List<ObjectReference> claims = new ArrayList<>();
        for (PersistentVolume volume : volumes.all()) {
            ObjectReference claim = Monitored.volume(volume, driver) ? news.claimOf(volume) : null;
            List<String> here = claim == null ? List.of() : podsOn(node, claim.key());
            if (claim != null && !here.isEmpty()) {
                ports.events().record(claim, HealthEvents.nodeFailed(here, claim.key(), node));
                claims.add(claim);
            }
        }
        return List.copyOf(claims);
    }

    private List<String> podsOn(String node, ObjectKey claim) {
        return pods.byIndex(Kinds.POD_BY_CLAIM, claim.toString()).stream()
                .filter(pod -> node.equals(pod.nodeName()) && !pod.over())
                .map(pod -> pod.key().name())
                .sorted()
                .toList();
    }
}
