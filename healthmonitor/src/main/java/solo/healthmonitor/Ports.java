package solo.healthmonitor;

import solo.kube.Clock;
import solo.kube.Cluster;
import solo.kube.Events;

/** What the health monitor knows of the world, beside its driver. It writes events and nothing else. */
public record Ports(Cluster cluster, Events events, Clock clock) {}
