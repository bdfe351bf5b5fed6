package solo.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.kube.Widget.widget;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;

class RecordStoreTest {

    private static final ObjectKey KEY = Widget.key("one");

    private final FakeClock clock = new FakeClock();
    private final RecordStore<Widget> store = new RecordStore<>(Widget.KIND, clock);
    private final RecordStore<Widget> withoutGrey =
            new RecordStore<>(Widget.KIND.keeping(widget -> !widget.color().equals("grey")), clock);
    private final Widget red = widget("one", "u1", 1, "red");
    private final Widget blue = widget("one", "u1", 3, "blue");

    @Test
    void what_the_watch_tells_is_there_and_in_its_indexes() {
        store.watched(red);
        assertThat(store.get(KEY)).isEqualTo(red);
        store.watched(blue);
        assertThat(store.byIndex(Widget.BY_COLOR, "red")).isEmpty();
        assertThat(store.byIndex(Widget.BY_COLOR, "blue")).containsExactly(blue);
        store.gone(KEY);
        assertThat(store.all()).isEmpty();
        assertThat(store.byIndex(Widget.BY_COLOR, "blue")).isEmpty();
    }

    @Test
    void our_own_write_wins_until_the_watch_tells_it_or_something_newer() {
        store.watched(red);
        store.wrote(blue);
        store.watched(widget("one", "u1", 2, "green"));
        shows(blue);
        store.watched(blue);
        shows(blue);
        Widget white = widget("one", "u1", 4, "white");
        store.watched(white);
        shows(white);
    }

    @Test
    void versions_are_compared_as_numbers() {
        store.wrote(widget("one", "u1", 9, "red"));
        Widget ten = widget("one", "u1", 10, "blue");
        store.watched(ten);
        shows(ten);
    }

    @Test
    void a_write_whose_answer_comes_after_the_watch_changes_nothing() {
        store.watched(blue);
        store.wrote(red);
        shows(blue);
    }

    @Test
    void an_older_answer_does_not_hide_a_newer_one() {
        store.wrote(blue);
        store.wrote(widget("one", "u1", 2, "green"));
        shows(blue);
    }

    @Test
    void what_we_created_is_there_before_the_watch_tells() {
        store.wrote(red);
        shows(red);
        assertThat(store.all()).containsExactly(red);
    }

    @Test
    void what_we_deleted_is_gone_before_the_watch_tells() {
        store.watched(red);
        store.deleted(KEY, "u1");
        assertThat(store.get(KEY)).isNull();
        assertThat(store.byIndex(Widget.BY_COLOR, "red")).isEmpty();
        store.watched(blue);
        assertThat(store.get(KEY)).as("a uid never comes back").isNull();
        store.gone(KEY);
        assertThat(store.all()).isEmpty();
    }

    @Test
    void taking_the_last_finalizer_of_what_is_being_deleted_ends_it() {
        store.watched(red);
        store.wrote(Widget.of(new Json(Map.of(
                "metadata",
                Map.of(
                        "namespace", "default",
                        "name", "one",
                        "uid", "u1",
                        "resourceVersion", "5",
                        "deletionTimestamp", "2026-11-21T10:00:00Z")))));
        assertThat(store.get(KEY)).isNull();
    }

    @Test
    void an_object_of_the_same_name_and_another_uid_is_another_object() {
        store.watched(red);
        store.deleted(KEY, "u1");
        Widget second = widget("one", "u2", 7, "white");
        store.wrote(second);
        shows(second);
        store.gone(KEY);
        shows(second);
        store.watched(second);
        shows(second);
    }

    @Test
    void a_late_answer_does_not_raise_the_dead() {
        store.watched(red);
        store.gone(KEY);
        store.wrote(blue);
        assertThat(store.get(KEY)).isNull();
    }

    @Test
    void what_the_watch_never_confirms_lapses_and_is_told() {
        List<Change<Widget>> changes = new ArrayList<>();
        store.watched(red);
        store.wrote(blue);
        store.onChange(changes::add);
        clock.advance(RecordStore.PINNED_FOR.minusSeconds(1));
        shows(blue);
        clock.advance(Duration.ofSeconds(1));
        shows(red);
        assertThat(changes).containsExactly(new Change<>(blue, red));
    }

    @Test
    void listeners_hear_what_the_watch_tells_with_before_and_after() {
        List<Change<Widget>> changes = new ArrayList<>();
        store.onChange(changes::add);
        store.watched(red);
        store.watched(red);
        store.wrote(blue);
        store.watched(blue);
        store.gone(KEY);
        store.gone(KEY);
        assertThat(changes).containsExactly(new Change<>(null, red), new Change<>(red, blue), new Change<>(blue, null));
    }

    @Test
    void an_object_created_anew_is_told_as_gone_and_new() {
        List<Change<Widget>> changes = new ArrayList<>();
        store.watched(red);
        store.onChange(changes::add);
        Widget second = widget("one", "u2", 7, "white");
        store.watched(second);
        assertThat(changes).containsExactly(new Change<>(red, null), new Change<>(null, second));
    }

    @Test
    void what_the_kind_does_not_keep_comes_changes_and_goes_without_a_trace() {
        List<Change<Widget>> changes = new ArrayList<>();
        withoutGrey.onChange(changes::add);
        withoutGrey.watched(widget("one", "u1", 1, "grey"));
        withoutGrey.watched(widget("one", "u1", 2, "grey"));
        withoutGrey.wrote(widget("one", "u1", 3, "grey"));
        assertThat(withoutGrey.get(KEY)).isNull();
        assertThat(withoutGrey.watchedKeys()).isEmpty();
        withoutGrey.gone(KEY);
        assertThat(withoutGrey.all()).isEmpty();
        assertThat(withoutGrey.size()).isZero();
        assertThat(changes).isEmpty();
    }

    @Test
    void an_object_that_is_not_kept_ends_the_one_that_had_its_name() {
        List<Change<Widget>> changes = new ArrayList<>();
        withoutGrey.watched(red);
        withoutGrey.onChange(changes::add);
        withoutGrey.watched(widget("one", "u2", 7, "grey"));
        assertThat(withoutGrey.get(KEY)).isNull();
        assertThat(withoutGrey.byIndex(Widget.BY_COLOR, "red")).isEmpty();
        Widget third = widget("one", "u3", 9, "white");
        withoutGrey.watched(third);
        assertThat(withoutGrey.all()).containsExactly(third);
        assertThat(changes).containsExactly(new Change<>(red, null), new Change<>(null, third));
    }

    @Test
    void our_own_write_of_what_is_not_kept_also_ends_the_one_that_had_its_name() {
        withoutGrey.watched(red);
        withoutGrey.wrote(widget("one", "u2", 7, "grey"));
        assertThat(withoutGrey.get(KEY)).isNull();
        withoutGrey.watched(red);
        assertThat(withoutGrey.all()).as("the watch is late").isEmpty();
    }

    /** In look-up, list and index alike. */
    private void shows(Widget widget) {
        assertThat(store.get(KEY)).isEqualTo(widget);
        assertThat(store.all()).containsExactly(widget);
        assertThat(store.byIndex(Widget.BY_COLOR, widget.color())).containsExactly(widget);
        for (String color : List.of("red", "blue", "green", "white")) {
            assertThat(store.byIndex(Widget.BY_COLOR, color)).hasSize(color.equals(widget.color()) ? 1 : 0);
        }
    }
}
