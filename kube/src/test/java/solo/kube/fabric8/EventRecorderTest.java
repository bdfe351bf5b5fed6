package solo.kube.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Events;
import solo.kube.FakeClock;
import solo.kube.Widget;
import solo.kube.model.EventNote;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectReference;

class EventRecorderTest {

    private static final ObjectReference WIDGET =
            new ObjectReference("tests.solo/v1", "Widget", Widget.key("one"), "u1", "7");

    private static final ObjectReference OTHER =
            new ObjectReference("tests.solo/v1", "Widget", Widget.key("two"), "u2", "7");
    private static final int BUSY = 25;

    private final FakeClock clock = new FakeClock();
    private final List<ApiRequest> sent = new CopyOnWriteArrayList<>();
    private volatile @Nullable Failure failure;
    private final EventRecorder recorder = new EventRecorder(new Recording(), clock, new PrometheusRegistry());
    private final Events events = recorder.as("solo_test");

    @AfterEach
    void close() {
        recorder.close();
    }

    @Test
    void an_event_names_its_object_its_source_and_its_time() {
        events.record(WIDGET, EventNote.warning("Broken", "it broke"));
        Json event = new Json(sent(1).getFirst().body());
        assertThat(sent.getFirst().path()).isEqualTo("/api/v1/namespaces/default/events");
        assertThat(event.at("metadata", "name").text("")).startsWith("one.");
        assertThat(event.at("involvedObject").textMap())
                .containsEntry("kind", "Widget")
                .containsEntry("namespace", "default")
                .containsEntry("name", "one")
                .containsEntry("uid", "u1")
                .containsEntry("apiVersion", "tests.solo/v1")
                .containsEntry("resourceVersion", "7");
        assertThat(event.at("source", "component").text()).isEqualTo("solo_test");
        assertThat(event.at("type").text()).isEqualTo("Warning");
        assertThat(event.at("reason").text()).isEqualTo("Broken");
        assertThat(event.at("message").text()).isEqualTo("it broke");
        assertThat(event.at("count").number()).isEqualTo(1);
        assertThat(event.at("firstTimestamp").text()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(event.at("lastTimestamp").text()).isEqualTo("2026-11-21T10:00:00Z");
    }

    @Test
    void an_event_about_a_cluster_scoped_object_goes_to_the_default_namespace() {
        events.record(
                new ObjectReference("v1", "PersistentVolume", ObjectKey.cluster("pv"), "u", "1"),
                EventNote.normal("Fine", "fine"));
        assertThat(sent(1).getFirst().path()).isEqualTo("/api/v1/namespaces/default/events");
        assertThat(new Json(sent.getFirst().body())
                        .at("involvedObject", "namespace")
                        .present())
                .isFalse();
    }

    @Test
    void the_same_again_raises_the_count_of_the_first() {
        events.record(WIDGET, EventNote.warning("Broken", "it broke"));
        sent(1);
        clock.advance(Duration.ofSeconds(5));
        events.record(WIDGET, EventNote.warning("Broken", "it broke"));
        ApiRequest patch = sent(2).getLast();
        assertThat(patch.method()).isEqualTo("PATCH");
        assertThat(patch.path())
                .endsWith("/"
                        + new Json(sent.getFirst().body())
                                .at("metadata", "name")
                                .text());
        assertThat(new Json(patch.body()).at("count").number()).isEqualTo(2);
        assertThat(new Json(patch.body()).at("lastTimestamp").text()).isEqualTo("2026-11-21T10:00:05Z");
    }

    @Test
    void a_count_for_an_event_that_was_thrown_away_is_told_anew() {
        events.record(WIDGET, EventNote.warning("Broken", "it broke"));
        sent(1);
        failure = Failure.NOT_FOUND;
        events.record(WIDGET, EventNote.warning("Broken", "it broke"));
        assertThat(sent(3)).extracting(ApiRequest::method).containsExactly("POST", "PATCH", "POST");
        assertThat(new Json(sent.getLast().body()).at("count").number()).isEqualTo(2);
    }

    @Test
    void from_the_tenth_different_message_on_similar_events_are_combined() {
        for (int i = 0; i < 12; i++) {
            events.record(WIDGET, EventNote.warning("Broken", "it broke in part " + i));
        }
        List<ApiRequest> all = sent(12);
        assertThat(all.subList(0, 10)).allMatch(request -> request.method().equals("POST"));
        assertThat(new Json(all.get(9).body()).at("message").text())
                .isEqualTo("(combined from similar events): it broke in part 9");
        assertThat(all.subList(10, 12)).allMatch(request -> request.method().equals("PATCH"));
        assertThat(new Json(all.get(11).body()).at("count").number()).isEqualTo(3);
    }

    @Test
    void an_object_is_talked_about_25_times_and_then_once_in_five_minutes() {
        for (int i = 0; i < 30; i++) {
            events.record(WIDGET, EventNote.warning("Broken", "it broke"));
        }
        events.record(OTHER, EventNote.warning("Broken", "it broke"));
        sent(26);
        clock.advance(Duration.ofMinutes(5));
        events.record(WIDGET, EventNote.warning("Broken", "it broke"));
        events.record(WIDGET, EventNote.warning("Broken", "it broke"));
        events.record(OTHER, EventNote.warning("Other", "the last"));
        assertThat(sent(28)).hasSize(28);
        assertThat(new Json(sent.get(26).body()).at("count").number()).isEqualTo(31);
    }

    @Test
    void a_long_message_is_cut_to_what_the_server_takes() {
        events.record(WIDGET, EventNote.warning("Broken", "x".repeat(3000)));
        assertThat(new Json(sent(1).getFirst().body()).at("message").text(""))
                .hasSize(1024)
                .endsWith("...");
    }

    @Test
    void who_records_never_waits_and_never_fails() {
        failure = Failure.UNAVAILABLE;
        for (int i = 0; i < 6000; i++) {
            events.record(WIDGET, EventNote.warning("Broken", "part " + i));
        }
        assertThat(sent).hasSizeLessThan(10);
    }

    @Test
    void that_work_is_under_way_is_not_told_once_there_is_later_news_of_the_object() {
        busy();
        events.record(WIDGET, EventNote.underway("Making", "being made"));
        events.record(OTHER, EventNote.underway("Making", "being made"));
        events.record(WIDGET, EventNote.normal("Made", "made"));
        clock.advance(Duration.ofMinutes(1));
        assertThat(sent(BUSY + 2).subList(BUSY, BUSY + 2))
                .extracting(request -> new Json(request.body()).at("reason").text() + " "
                        + new Json(request.body()).at("involvedObject", "name").text())
                .containsExactly("Making two", "Made one");
    }

    @Test
    void warnings_do_not_wait_behind_a_burst_of_other_events() {
        busy();
        events.record(WIDGET, EventNote.normal("Made", "made"));
        events.record(OTHER, EventNote.warning("Broken", "it broke"));
        assertThat(new Json(sent(BUSY + 1).getLast().body()).at("reason").text())
                .isEqualTo("Broken");
        clock.advance(Duration.ofMillis(50));
        assertThat(new Json(sent(BUSY + 2).getLast().body()).at("reason").text())
                .isEqualTo("Made");
    }

    @Test
    void an_event_that_waited_has_the_time_when_it_was_said() {
        busy();
        events.record(WIDGET, EventNote.normal("Made", "made"));
        clock.advance(Duration.ofSeconds(10));
        assertThat(new Json(sent(BUSY + 1).getLast().body())
                        .at("firstTimestamp")
                        .text())
                .isEqualTo("2026-11-21T10:00:00Z");
    }

    @Test
    void what_waits_is_told_before_the_recorder_closes() {
        busy();
        events.record(WIDGET, EventNote.normal("Made", "made"));
        recorder.close();
        assertThat(sent).hasSize(BUSY + 1);
    }

    /** As many events as leave at once: the next ones wait for the clock. */
    private void busy() {
        for (int i = 0; i < BUSY; i++) {
            events.record(
                    new ObjectReference("tests.solo/v1", "Widget", Widget.key("busy-" + i), "busy-" + i, "7"),
                    EventNote.normal("Made", "made"));
        }
        sent(BUSY);
    }

    private List<ApiRequest> sent(int count) {
        await().until(() -> sent.size() >= count);
        return List.copyOf(sent);
    }

    /** Takes everything, but fails a PATCH (or, if out of reach, anything) on demand. */
    private final class Recording implements Requests {
        @Override
        public Json send(ApiRequest request) throws ApiException {
            sent.add(request);
            Failure now = failure;
            if (now == Failure.UNAVAILABLE || (now != null && request.method().equals("PATCH"))) {
                throw new ApiException(now, "as the test wants");
            }
            return new Json(Map.of());
        }

        @Override
        public void watch(String path, Consumer<Json> onEvent) {
            throw new UnsupportedOperationException("events are not watched");
        }
    }
}
