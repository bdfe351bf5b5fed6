package solo.kube.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Clock;
import solo.kube.Leadership;
import solo.kube.RecordingWrites;
import solo.kube.RecordingWrites.Written;
import solo.kube.Widget;
import solo.kube.Writes;
import solo.kube.fabric8.KubernetesConnection.Options;
import solo.kube.fabric8.KubernetesConnection.Rate;
import solo.kube.model.Json;
import solo.kube.model.Patch;

class ApiRequestsTest {

    private static final String ONE = "/apis/tests.solo/v1/namespaces/default/widgets/one";

    private FakeApiServer server;
    private KubernetesConnection connection;
    private Writes writes;

    @BeforeEach
    void connect(@TempDir Path home) throws Exception {
        server = new FakeApiServer();
        connection = open(home, null);
        writes = connection.writes(Leadership.ALWAYS);
        server.put(ONE, Map.of("metadata", Map.of(), "spec", Map.of("color", "red")));
        server.forget();
    }

    @AfterEach
    void disconnect() {
        connection.close();
        server.close();
    }

    @Test
    void every_write_is_one_request_with_its_own_media_type() throws Exception {
        writes.patch(Widget.KIND, Widget.key("one"), Patch.merge(Map.of("spec", Map.of("color", "blue"))));
        writes.patch(
                Widget.KIND,
                Widget.key("one"),
                Patch.merge(Map.of("spec", Map.of("color", "blue"))).ofStatus());
        writes.patch(Widget.KIND, Widget.key("one"), Patch.strategic(Map.of()));
        writes.create(Widget.KIND, Map.of("metadata", Map.of("name", "two", "namespace", "default")));
        writes.delete(Widget.KIND, Widget.key("two"), uid("two"));
        assertThat(server.seen())
                .extracting(seen -> seen.method() + " " + seen.path() + " " + seen.mediaType())
                .containsExactly(
                        "PATCH " + ONE + " application/merge-patch+json",
                        "PATCH " + ONE + "/status application/merge-patch+json",
                        "PATCH " + ONE + " application/strategic-merge-patch+json",
                        "POST /apis/tests.solo/v1/namespaces/default/widgets application/json",
                        "DELETE " + ONE.replace("one", "two") + " application/json");
        assertThat(server.seen()).allMatch(seen -> seen.userAgent().equals("solo/test"));
    }

    @Test
    void nulls_of_a_patch_reach_the_server() throws Exception {
        Map<String, @Nullable Object> spec = new HashMap<>();
        spec.put("color", null);
        Widget widget = writes.patch(Widget.KIND, Widget.key("one"), Patch.merge(Map.of("spec", spec)));
        assertThat(widget.color()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "404, NotFound, NOT_FOUND",
        "409, Conflict, CONFLICT",
        "409, AlreadyExists, ALREADY_EXISTS",
        "422, Invalid, INVALID",
        "400, BadRequest, INVALID",
        "403, Forbidden, FORBIDDEN",
        "429, TooManyRequests, TOO_MANY_REQUESTS",
        "500, InternalError, UNAVAILABLE",
        "503, ServiceUnavailable, UNAVAILABLE",
        "504, Timeout, UNAVAILABLE",
        "405, MethodNotAllowed, OTHER"
    })
    void a_refusal_says_what_can_be_done(int code, String reason, Failure failure) {
        server.refuse(code, reason);
        ApiException e = failed(Patch.merge(Map.of()));
        assertThat(e.failure()).isEqualTo(failure);
        assertThat(e).hasMessage("PATCH " + ONE + ": " + code + " refused by the test");
        assertThat(server.seen()).as("nothing is tried again here").hasSize(1);
    }

    @Test
    void a_token_that_has_expired_is_read_again_and_the_request_with_it() throws Exception {
        server.refuse(401, "Unauthorized");
        writes.patch(Widget.KIND, Widget.key("one"), Patch.merge(Map.of()));
        assertThat(server.seen()).hasSize(2);
        server.refuse(401, "Unauthorized");
        server.refuse(401, "Unauthorized");
        assertThat(failed(Patch.merge(Map.of())).failure()).isEqualTo(Failure.FORBIDDEN);
    }

    @Test
    void a_json_patch_whose_test_fails_is_a_conflict() {
        server.refuse(422, "Invalid");
        assertThat(failed(Patch.addFinalizer(List.of(), "f")).failure()).isEqualTo(Failure.CONFLICT);
    }

    @Test
    void what_the_server_asks_for_before_the_next_attempt_is_told() {
        server.refuse(new FakeApiServer.Refusal(429, "TooManyRequests", Map.of("Retry-After", "3")));
        assertThat(failed(Patch.merge(Map.of())).retryAfter()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void a_write_without_an_answer_may_have_happened_and_is_not_sent_again() {
        server.refuse(new FakeApiServer.Refusal(0, "", Map.of()));
        assertThat(failed(Patch.merge(Map.of("spec", Map.of("color", "green")))).failure())
                .isEqualTo(Failure.UNAVAILABLE);
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void a_read_without_an_answer_is_sent_once_more() throws Exception {
        server.refuse(new FakeApiServer.Refusal(0, "", Map.of()));
        assertThat(connection.cluster().live(Widget.KIND, Widget.key("one"))).isNotNull();
        assertThat(server.seen()).hasSize(2);
    }

    @Test
    void an_object_of_the_same_name_and_another_uid_is_not_deleted() {
        assertThatThrownBy(() -> writes.delete(Widget.KIND, Widget.key("one"), "another"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.failure()).isEqualTo(Failure.CONFLICT));
        assertThat(server.object(ONE)).isNotNull();
    }

    @Test
    void dry_run_writes_nothing_and_remembers_what_it_would_have_written() throws Exception {
        RecordingWrites recording = new RecordingWrites(connection.cluster());
        Patch patch = Patch.merge(Map.of("spec", Map.of("color", "blue")));
        assertThat(recording.patch(Widget.KIND, Widget.key("one"), patch).color())
                .isEqualTo("red");
        recording.create(Widget.KIND, Map.of("metadata", Map.of("name", "two", "namespace", "default")));
        recording.delete(Widget.KIND, Widget.key("one"), "u");
        assertThat(recording.written()).extracting(Written::verb).containsExactly("patch", "create", "delete");
        assertThat(recording.written())
                .extracting(Written::key)
                .containsExactly(Widget.key("one"), Widget.key("two"), Widget.key("one"));
        assertThat(server.seen()).allMatch(seen -> seen.method().equals("GET"));
    }

    @Test
    void a_fixed_rate_holds_when_it_is_given(@TempDir Path other) throws Exception {
        try (KubernetesConnection slow = open(other, new Rate(20, 2))) {
            Writes limited = slow.writes(Leadership.ALWAYS);
            long start = Clock.SYSTEM.nanos();
            for (int i = 0; i < 6; i++) {
                limited.patch(Widget.KIND, Widget.key("one"), Patch.merge(Map.of()));
            }
            assertThat(Duration.ofNanos(Clock.SYSTEM.nanos() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(195));
        }
    }

    @Test
    void a_kind_that_the_server_does_not_know_is_not_served() throws Exception {
        server.refuse(404, "NotFound");
        assertThat(connection.serves(Widget.KIND.resource())).isFalse();
    }

    private ApiException failed(Patch patch) {
        ApiException e =
                catchThrowableOfType(ApiException.class, () -> writes.patch(Widget.KIND, Widget.key("one"), patch));
        assertThat(e).isNotNull();
        return e;
    }

    private String uid(String name) {
        return new Json(server.object(ONE.replace("one", name)))
                .at("metadata", "uid")
                .text("");
    }

    private KubernetesConnection open(Path home, @Nullable Rate rate) throws Exception {
        return KubernetesConnection.open(
                new Options(Kubeconfigs.write(home, server.uri()), rate, "test"), Map.of(), home);
    }
}
