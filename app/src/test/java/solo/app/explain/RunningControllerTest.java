package solo.app.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import solo.app.HttpEndpoint;
import solo.app.HttpEndpoint.Answer;
import solo.app.StartupProblem;
import solo.app.WaitingPage;
import solo.kube.WaitingKey;
import solo.kube.model.Actor;
import solo.kube.model.ObjectKey;
import solo.kube.model.Reason;

/** What the running controller says of an object, and what is told where it says nothing. */
class RunningControllerTest {

    private static final List<String> KEYS = List.of("default/data", "default/data/u-1");

    private record Full(String message) implements Reason {
        @Override
        public Actor actor() {
            return Actor.ADMINISTRATOR;
        }
    }

    @Test
    void only_lines_about_the_very_object_are_taken() throws Exception {
        assertThat(next(WaitingPage.of(
                        List.of(
                                waits("claims", new ObjectKey("default/data-2", "u-2"), "for default/data"),
                                waits("model-pvc", new ObjectKey("default", "data-2"), "no"),
                                waits("model-pvc", new ObjectKey("other-default", "data"), "no"),
                                waits("claims", new ObjectKey("default/data", "u-0"), "of an earlier life"),
                                waits("claims", new ObjectKey("default/data", "u-1"), "pool: full"),
                                waits("model-pvc", new ObjectKey("default", "data"), "no\nroom")),
                        null)))
                .containsExactly(
                        "claims default/data/u-1: Full: pool: full (ADMINISTRATOR must act; since 2026-11-30T20:00:00Z,"
                                + " 3 attempts, again at 2026-11-30T20:05:00Z)",
                        "model-pvc default/data: Full: no room (ADMINISTRATOR must act; since 2026-11-30T20:00:00Z,"
                                + " 3 attempts, again at 2026-11-30T20:05:00Z)");
    }

    @Test
    void a_leader_that_has_nothing_to_say_does_not_wait_for_it() throws Exception {
        String nothing = "the running controller does not wait for it";
        assertThat(next(WaitingPage.of(List.of(), null))).containsExactly(nothing);
        assertThat(next(WaitingPage.of(List.of(waits("claims", new ObjectKey("a", "b"), "no")), null)))
                .containsExactly(nothing);
    }

    @Test
    void who_does_not_lead_is_not_taken_for_one_that_does_not_wait() throws Exception {
        Answer follower = WaitingPage.of(List.of(), "held by 'solo-b'");
        assertThat(follower.body()).isEqualTo("does not lead: held by 'solo-b'\n");
        assertThat(next(follower))
                .singleElement()
                .asString()
                .startsWith("not known: http://127.0.0.1:")
                .endsWith(" does not lead and has no queue (held by 'solo-b'); ask the process that does");
    }

    @Test
    void an_answer_that_is_no_page_is_told_with_its_status() throws Exception {
        assertThat(next(new Answer(503, "default/data: starting")))
                .singleElement()
                .asString()
                .contains("answers 503 to /debug/waiting")
                .contains("--http-endpoint");
    }

    @Test
    void nobody_there_is_a_problem_in_one_sentence() throws Exception {
        RunningController closed;
        try (HttpEndpoint endpoint = HttpEndpoint.open("127.0.0.1:0", Map.of())) {
            closed = at(endpoint);
        }
        assertThatThrownBy(() -> closed.next(KEYS))
                .isInstanceOf(StartupProblem.class)
                .hasMessageContaining("does not answer")
                .hasMessageContaining("leave the option out");
    }

    private static List<String> next(Answer page) throws Exception {
        try (HttpEndpoint endpoint =
                HttpEndpoint.open("127.0.0.1:0", Map.of(WaitingPage.PATH, HttpEndpoint.health(() -> page)))) {
            return at(endpoint).next(KEYS);
        }
    }

    private static RunningController at(HttpEndpoint endpoint) throws StartupProblem {
        return RunningController.at("http://127.0.0.1:" + endpoint.port() + "/");
    }

    private static WaitingKey waits(String controller, ObjectKey key, String why) {
        Instant since = Instant.parse("2026-11-30T20:00:00Z");
        return new WaitingKey(controller, key, new Full(why), since, 3, since.plusSeconds(300));
    }
}
