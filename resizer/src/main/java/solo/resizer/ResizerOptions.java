package solo.resizer;

import solo.kube.Backoff;

/**
 * external-resizer's flags, as far as they are its own.
 *
 * @param workers {@code --workers}, for sizes and for classes each
 * @param backoff {@code --retry-interval-start} and {@code --retry-interval-max}
 */
public record ResizerOptions(int workers, Backoff backoff, VolumesInUse volumesInUse, AttributesClasses classes) {

    /** {@code --handle-volume-inuse-error}: whether pods are watched, so that a refusal for use is not repeated. */
    public enum VolumesInUse {
        HANDLED,
        NOT_HANDLED
    }

    /** Gate VolumeAttributesClass, or whether the API server serves storage.k8s.io/v1 VolumeAttributesClass. */
    public enum AttributesClasses {
        SERVED,
        NOT_SERVED
    }

    public static final ResizerOptions DEFAULT =
            new ResizerOptions(10, Backoff.DEFAULT, VolumesInUse.HANDLED, AttributesClasses.SERVED);
}
