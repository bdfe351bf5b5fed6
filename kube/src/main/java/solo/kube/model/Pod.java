package solo.kube.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which claims a pod uses, and where (core/v1 Pod); nothing else of it matters, so a pod is a small record however large
 * it is.
 *
 * @param claims names in the pod's own namespace, those of generic ephemeral volumes too
 * @param nodeName null until it is scheduled
 * @param over the pod has ended and uses nothing any more (phase Succeeded or Failed)
 */
public record Pod(
        ObjectMeta meta, List<String> claims, @Nullable String nodeName, boolean over) implements Projected {
    public Pod {
        claims = List.copyOf(claims);
    }

    /** Settled when the pod is made: a pod's volumes never change. */
    public boolean usesClaims() {
        return !claims.isEmpty();
    }

    public static Pod of(Json object) {
        ObjectMeta meta = ObjectMeta.of(object, key -> false);
        List<String> claims = new ArrayList<>(0);
        for (Json volume : object.at("spec", "volumes").items()) {
            String claim = volume.at("persistentVolumeClaim", "claimName").text();
            if (claim != null) {
                claims.add(claim);
            } else if (volume.at("ephemeral").present()) {
                claims.add(meta.key().name() + "-" + volume.at("name").text(""));
            }
        }
        String phase = object.at("status", "phase").text("");
        return new Pod(
                meta,
                claims,
                interned(object.at("spec", "nodeName").text()),
                phase.equals("Succeeded") || phase.equals("Failed"));
    }

    private static @Nullable String interned(@Nullable String text) {
        return text == null ? null : text.intern();
    }
}
