package solo.simulation;

import solo.csi.Driver;
import solo.kube.Clock;
import solo.kube.Cluster;
import solo.kube.Events;
import solo.kube.Leadership;
import solo.kube.Writes;

/** Everything one simulated process has; a new one after each crash. {@code writes} refuse when it does not lead. */
public record SimulatedPorts(
        Cluster cluster, Writes writes, Driver driver, Events events, Clock clock, Leadership leadership) {}
