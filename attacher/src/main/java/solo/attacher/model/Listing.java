package solo.attacher.model;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What ListVolumes said: the node ids each volume is published to, by handle. Null where the driver names a volume but
 * does not say where it is published.
 */
public record Listing(Map<String, @Nullable Set<String>> publishedNodes) {}
