package solo.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.registrar.RegistrationRules.Standing;
import solo.registrar.RegistrationRules.Step;

class RegistrationRulesTest {
    private static final long NOW = 1_000;

    @ParameterizedTest(name = "{0}, socket {1}: {2}")
    @CsvSource({
        "unavailable, ABSENT, OFFER",
        "unavailable, TAKEN , KEEP",
        "offered    , OURS  , KEEP",
        "offered    , WIPED , OFFER_ANEW",
        "offered    , TAKEN , KEEP",
        "registered , OURS  , KEEP",
        "registered , WIPED , OFFER_ANEW",
        "registered , TAKEN , KEEP",
        "replaced   , TAKEN , KEEP",
        "replaced   , WIPED , OFFER_ANEW",
        "replaced   , ABSENT, OFFER",
        "refused    , OURS  , WITHDRAW",
        "refused    , WIPED , WITHDRAW",
        "refused    , ABSENT, KEEP",
        "refused    , TAKEN , KEEP",
        "retry due  , ABSENT, OFFER",
        "retry due  , TAKEN , KEEP",
        "stopped    , ABSENT, KEEP",
        "stopped    , OURS  , KEEP",
    })
    void what_is_done_about_the_socket(String state, Standing standing, Step expected) {
        assertThat(RegistrationRules.decide(state(state), standing, NOW)).isEqualTo(expected);
    }

    private static RegistrationState state(String name) {
        return switch (name) {
            case "unavailable" -> new RegistrationState.Unavailable("no room");
            case "offered" -> new RegistrationState.Offered("");
            case "registered" -> new RegistrationState.Registered();
            case "replaced" -> new RegistrationState.Replaced();
            case "refused" -> new RegistrationState.Refused("no node id", 1, NOW + 1);
            case "retry due" -> new RegistrationState.Refused("no node id", 1, NOW);
            case "stopped" -> new RegistrationState.Stopped();
            default -> throw new IllegalArgumentException(name);
        };
    }
}
