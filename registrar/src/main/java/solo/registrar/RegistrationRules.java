package solo.registrar;

import solo.registrar.RegistrationState.Refused;
import solo.registrar.RegistrationState.Stopped;

/** What to do about the registration socket, from what is known of it; asked once a second and after every refusal. */
final class RegistrationRules {
    private RegistrationRules() {}

    /** How the registration socket stands. */
    enum Standing {
        /** Nobody listens, and the path is free for us. */
        ABSENT,
        OURS,
        /** We listen, but the file is gone: a kubelet that started anew wipes its folder. */
        WIPED,
        /** Another process's socket stands at the path. */
        TAKEN
    }

    enum Step {
        KEEP,
        OFFER,
        OFFER_ANEW,
        WITHDRAW
    }

    static Step decide(RegistrationState state, Standing standing, long nowNanos) {
        return switch (state) {
            case Stopped() -> Step.KEEP;
            case Refused refused ->
                switch (standing) {
                    case OURS, WIPED -> Step.WITHDRAW;
                    case ABSENT -> nowNanos - refused.retryNanos() < 0 ? Step.KEEP : Step.OFFER;
                    case TAKEN -> Step.KEEP;
                };
            case RegistrationState.Unavailable _,
                    RegistrationState.Offered _,
                    RegistrationState.Registered _,
                    RegistrationState.Replaced _ ->
                switch (standing) {
                    case OURS -> Step.KEEP;
                    case WIPED -> Step.OFFER_ANEW;
                    case ABSENT -> Step.OFFER;
                    // Two registrars that each put their socket back would never end.
                    case TAKEN -> Step.KEEP;
                };
        };
    }
}
