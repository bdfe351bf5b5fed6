package solo.provisioner.capacity.model;

import org.jspecify.annotations.Nullable;
import solo.kube.model.Quantity;

/** The driver's answer to GetCapacity; {@code largestVolume} null where it does not say. */
public record Room(Quantity available, @Nullable Quantity largestVolume) {}
