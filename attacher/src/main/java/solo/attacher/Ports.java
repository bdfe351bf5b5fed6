package solo.attacher;

import solo.kube.Clock;
import solo.kube.Cluster;
import solo.kube.Writes;

/** What the attacher knows of the world, beside its driver. */
public record Ports(Cluster cluster, Writes writes, Clock clock) {}
