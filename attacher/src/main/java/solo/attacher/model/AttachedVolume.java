package solo.attacher.model;

import org.jspecify.annotations.Nullable;
import solo.kube.model.ObjectKey;

/** All that a detach has to know of a volume: its handle, and the Secret the driver wants to see, if any. */
public record AttachedVolume(String handle, @Nullable ObjectKey secret) {}
