package solo.provisioner;

import solo.kube.Clock;
import solo.kube.Cluster;
import solo.kube.Events;
import solo.kube.Leadership;
import solo.kube.Writes;
import solo.provisioner.csi.VolumeCalls;

/** All that the provisioner can reach of the world. */
public record Ports(
        Cluster cluster,
        Writes writes,
        VolumeCalls driver,
        Events events,
        Clock clock,
        Leadership leadership,
        Unfinished unfinished) {

    /** The same ports with another way to write. */
    public Ports with(Writes other) {
        return new Ports(cluster, other, driver, events, clock, leadership, unfinished);
    }
}
