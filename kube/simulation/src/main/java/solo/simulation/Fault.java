package solo.simulation;

import solo.kube.ApiException.Failure;
import solo.kube.Kind;
import solo.kube.Kind.Resource;

/**
 * A request that is going to fail: the next one of this verb on this resource.
 *
 * @param when whether the server had done its work before the answer got lost
 */
public record Fault(Verb verb, Resource resource, Failure failure, When when) {

    /** On which side of the effect the failure strikes. */
    public enum When {
        /** Nothing happened. */
        BEFORE_EFFECT,
        /** It happened, only the answer did not come. */
        AFTER_EFFECT
    }

    /** The next such request is refused and changes nothing. */
    public static Fault refused(Verb verb, Kind<?> kind, Failure failure) {
        return new Fault(verb, kind.resource(), failure, When.BEFORE_EFFECT);
    }

    /** The next such request is carried out, but its caller sees {@link Failure#UNAVAILABLE}. */
    public static Fault answerLost(Verb verb, Kind<?> kind) {
        return new Fault(verb, kind.resource(), Failure.UNAVAILABLE, When.AFTER_EFFECT);
    }
}
