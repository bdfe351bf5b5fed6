package solo.csi;

import csi.v1.ControllerGetCapabilitiesResponse;
import csi.v1.GetPluginCapabilitiesResponse;
import csi.v1.GroupControllerGetCapabilitiesResponse;
import csi.v1.NodeGetCapabilitiesResponse;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import solo.csi.model.ControllerCapability;
import solo.csi.model.GroupCapability;
import solo.csi.model.NodeCapability;
import solo.csi.model.PluginCapability;
import solo.csi.model.VolumeExpansion;

/** Capabilities by their numbers, so that a number from a newer CSI is left out instead of being an error. */
final class CapabilityMessages {
    private CapabilityMessages() {}

    static Set<PluginCapability> plugin(GetPluginCapabilitiesResponse response) {
        return known(
                PluginCapability.values(),
                PluginCapability::number,
                response.getCapabilitiesList().stream()
                        .filter(csi.v1.PluginCapability::hasService)
                        .mapToInt(capability -> capability.getService().getTypeValue()));
    }

    static Set<VolumeExpansion> expansion(GetPluginCapabilitiesResponse response) {
        return known(
                VolumeExpansion.values(),
                VolumeExpansion::number,
                response.getCapabilitiesList().stream()
                        .filter(csi.v1.PluginCapability::hasVolumeExpansion)
                        .mapToInt(capability -> capability.getVolumeExpansion().getTypeValue()));
    }

    static Set<ControllerCapability> controller(ControllerGetCapabilitiesResponse response) {
        return known(
                ControllerCapability.values(),
                ControllerCapability::number,
                response.getCapabilitiesList().stream()
                        .mapToInt(capability -> capability.getRpc().getTypeValue()));
    }

    static Set<GroupCapability> group(GroupControllerGetCapabilitiesResponse response) {
        return known(
                GroupCapability.values(),
                GroupCapability::number,
                response.getCapabilitiesList().stream()
                        .mapToInt(capability -> capability.getRpc().getTypeValue()));
    }

    static Set<NodeCapability> node(NodeGetCapabilitiesResponse response) {
        return known(
                NodeCapability.values(),
                NodeCapability::number,
                response.getCapabilitiesList().stream()
                        .mapToInt(capability -> capability.getRpc().getTypeValue()));
    }

    private static <E> Set<E> known(E[] all, ToIntFunction<E> number, IntStream reported) {
        Set<Integer> numbers = reported.boxed().collect(Collectors.toSet());
        return Stream.of(all)
                .filter(capability -> numbers.contains(number.applyAsInt(capability)))
                .collect(Collectors.toSet());
    }
}
