package solo.csi.model;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a driver can do, read once at start. Numbers that this version does not know are left out, so that newer
 * drivers work too.
 */
public record DriverCapabilities(
        Set<PluginCapability> plugin,
        Set<VolumeExpansion> expansion,
        Set<ControllerCapability> controller,
        Set<GroupCapability> group,
        Set<NodeCapability> node) {
    public static final DriverCapabilities NONE =
            new DriverCapabilities(Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

    public DriverCapabilities {
        plugin = sorted(plugin, PluginCapability.class);
        expansion = sorted(expansion, VolumeExpansion.class);
        controller = sorted(controller, ControllerCapability.class);
        group = sorted(group, GroupCapability.class);
        node = sorted(node, NodeCapability.class);
    }

    public boolean has(PluginCapability capability) {
        return plugin.contains(capability);
    }

    public boolean has(VolumeExpansion capability) {
        return expansion.contains(capability);
    }

    public boolean has(ControllerCapability capability) {
        return controller.contains(capability);
    }

    public boolean has(GroupCapability capability) {
        return group.contains(capability);
    }

    public boolean has(NodeCapability capability) {
        return node.contains(capability);
    }

    /** The node half is read separately: on a controller's socket it is often not there. */
    public DriverCapabilities withNode(Set<NodeCapability> node) {
        return new DriverCapabilities(plugin, expansion, controller, group, node);
    }

    // In the order of their numbers, so that they print the same every time.
    private static <E extends Enum<E>> Set<E> sorted(Set<E> capabilities, Class<E> type) {
        EnumSet<E> sorted = EnumSet.noneOf(type);
        sorted.addAll(capabilities);
        return Collections.unmodifiableSet(sorted);
    }
}
