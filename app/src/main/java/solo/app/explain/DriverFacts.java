package solo.app.explain;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.csi.model.PluginCapability;
import solo.csi.model.VolumeExpansion;
import solo.driver.LocalDriver;
import solo.kube.ApiException;
import solo.kube.Cluster;
import solo.kube.Kind;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectMeta;
import solo.kube.model.Projected;

/**
 * What the cluster alone tells of a driver: its CSIDriver object and its registrations. Whatever only the driver itself
 * could say (snapshots, clones, expansion, modification) is taken for granted.
 *
 * @param nodes how many nodes it is registered on
 */
record DriverFacts(String name, DriverCapabilities capabilities, int nodes, Installed installed) {

    enum Installed {
        /** There is a CSIDriver object of this name, or a node on which it is registered. */
        SEEN,
        NOT_SEEN
    }

    private record CsiDriver(ObjectMeta meta, boolean attachRequired) implements Projected {
        private static CsiDriver of(Json object) {
            return new CsiDriver(
                    ObjectMeta.of(object, key -> false),
                    object.at("spec", "attachRequired").flag(true));
        }
    }

    private static final Kind<CsiDriver> CSI_DRIVER = new Kind<>(
            new Resource("storage.k8s.io", "v1", "csidrivers", "CSIDriver", Scope.CLUSTER), CsiDriver::of, List.of());

    static DriverFacts of(Cluster cluster, String name) throws ApiException {
        CsiDriver object = cluster.live(CSI_DRIVER, ObjectKey.cluster(name));
        var nodes = cluster.store(Kinds.CSI_NODE).byIndex(Kinds.CSI_NODE_BY_DRIVER, name);
        boolean topology = nodes.stream()
                .map(node -> node.driver(name))
                .anyMatch(registration ->
                        registration != null && !registration.topologyKeys().isEmpty());
        Set<PluginCapability> plugin = EnumSet.of(PluginCapability.CONTROLLER_SERVICE);
        if (topology) {
            plugin.add(PluginCapability.VOLUME_ACCESSIBILITY_CONSTRAINTS);
        }
        Set<ControllerCapability> controller = EnumSet.of(
                ControllerCapability.CREATE_DELETE_VOLUME,
                ControllerCapability.CREATE_DELETE_SNAPSHOT,
                ControllerCapability.CLONE_VOLUME,
                ControllerCapability.EXPAND_VOLUME,
                ControllerCapability.MODIFY_VOLUME);
        if (name.equals(LocalDriver.NAME)) {
            // The bundled driver is known: this one decides how ReadWriteOnce is asked for.
            controller.add(ControllerCapability.SINGLE_NODE_MULTI_WRITER);
        }
        if (object == null || object.attachRequired()) {
            controller.add(ControllerCapability.PUBLISH_UNPUBLISH_VOLUME);
        }
        return new DriverFacts(
                name,
                new DriverCapabilities(plugin, Set.of(VolumeExpansion.ONLINE), controller, Set.of(), Set.of()),
                nodes.size(),
                object == null && nodes.isEmpty() ? Installed.NOT_SEEN : Installed.SEEN);
    }

    boolean attaches() {
        return capabilities.has(ControllerCapability.PUBLISH_UNPUBLISH_VOLUME);
    }
}
