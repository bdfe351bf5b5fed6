package solo.driver;

import csi.v1.NodePublishVolumeRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import solo.csi.CsiException;
import solo.csi.model.VolumeCapability;
import solo.driver.VolumeLifecycle.Wanted;
import solo.driver.state.Volume;
import solo.driver.state.Volume.Lifetime;
import solo.driver.state.VolumeIds;
import solo.driver.state.VolumeSpec;

/**
 * Inline ephemeral volumes: written in the pod itself, made by NodePublishVolume and ended by NodeUnpublishVolume. Their
 * attributes are those of a StorageClass and {@code size}.
 */
final class InlineVolumes {
    private static final String KUBERNETES = "csi.storage.k8s.io/";
    private static final String EPHEMERAL = KUBERNETES + "ephemeral";
    private static final String SIZE = "size";

    private final LocalStorage storage;
    private final VolumeLifecycle lifecycle;

    InlineVolumes(LocalStorage storage, VolumeLifecycle lifecycle) {
        this.storage = storage;
        this.lifecycle = lifecycle;
    }

    static boolean asksFor(NodePublishVolumeRequest request) {
        return Boolean.parseBoolean(request.getVolumeContextMap().get(EPHEMERAL));
    }

    /** The id is the kubelet's choice. */
    Volume create(String id, NodePublishVolumeRequest request, VolumeCapability capability)
            throws IOException, CsiException {
        if (!VolumeIds.wellFormed(id)) {
            throw Refusals.invalid("volume_id of an inline volume may hold small letters, digits and dashes: " + id);
        }
        var attributes = new TreeMap<String, String>(request.getVolumeContextMap());
        attributes.keySet().removeIf(key -> key.startsWith(KUBERNETES));
        String size = attributes.remove(SIZE);
        var parameters = ClassParameters.of(attributes, storage.backends());
        var spec = new VolumeSpec(
                "inline " + id,
                parameters.backend().name(),
                new TreeSet<>(Collections.singleton(Uses.of(capability))),
                parameters.parameters(),
                "");
        var refusal = parameters.backend().refusal(spec, capability);
        if (refusal.isPresent()) {
            throw Refusals.invalid(refusal.get());
        }
        var range = new SizeRange(size == null ? 0 : bytes(size), 0);
        return lifecycle.create(id, new Wanted(spec, range, Lifetime.EPHEMERAL, Collections.emptySortedMap()));
    }

    /** An inline volume ends when no pod sees it any more. */
    void deleteIfUnused(Volume volume) throws IOException, CsiException {
        if (!volume.ephemeral()) {
            return;
        }
        var table = storage.mounts().table();
        var origin = storage.backend(volume).origin(volume, table);
        if (origin.isEmpty() || table.showing(origin.get()).isEmpty()) {
            lifecycle.delete(volume.id());
        }
    }

    private static final Map<String, Long> UNITS = Map.of(
            "", 1L,
            "Ki", 1L << 10,
            "Mi", 1L << 20,
            "Gi", 1L << 30,
            "Ti", 1L << 40,
            "k", 1_000L,
            "M", 1_000_000L,
            "G", 1_000_000_000L,
            "T", 1_000_000_000_000L);

    /** A Kubernetes quantity of whole units, such as 100Mi. */
    static long bytes(String quantity) throws CsiException {
        int digits = 0;
        while (digits < quantity.length() && Character.isDigit(quantity.charAt(digits))) {
            digits++;
        }
        Long unit = UNITS.get(quantity.substring(digits));
        if (digits > 0 && unit != null) {
            try {
                return Math.multiplyExact(Long.parseLong(quantity.substring(0, digits)), unit);
            } catch (ArithmeticException | NumberFormatException tooLarge) {
                throw Refusals.outOfRange("size " + quantity + " is larger than any disk");
            }
        }
        throw Refusals.invalid("size " + quantity + " of the inline volume is not a size; write 100Mi or 2Gi");
    }
}
