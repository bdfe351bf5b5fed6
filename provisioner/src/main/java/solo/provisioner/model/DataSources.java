package solo.provisioner.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.ReferenceGrant;

/**
 * What the caches know about where a claim's content is to come from.
 *
 * @param claim the claim to clone, if that is what is asked for and it exists
 * @param volume the volume of that claim
 * @param grants those of the source's namespace, if it is another one than the claim's
 */
public record DataSources(
        @Nullable PersistentVolumeClaim claim, @Nullable PersistentVolume volume, List<ReferenceGrant> grants) {

    public static final DataSources NONE = new DataSources(null, null, List.of());

    public DataSources {
        grants = List.copyOf(grants);
    }
}
