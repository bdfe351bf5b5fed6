package solo.snapshotter;

import solo.kube.Clock;
import solo.kube.Cluster;
import solo.kube.Events;
import solo.kube.Writes;

/** What the snapshotter knows of the world, beside its driver. */
public record Ports(Cluster cluster, Writes writes, Events events, Clock clock) {}
