package solo.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Cluster;
import solo.kube.Kind;
import solo.kube.Kind.Selection;
import solo.kube.Kinds;
import solo.kube.Writes;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;
import solo.kube.model.ResourceVersion;
import solo.kube.model.StorageClass;

/**
 * What informers rest on: lists and watches by resourceVersion, watches that break and go on, and versions that the server
 * has no more or not yet. Runs against the simulated API server and, extended elsewhere, against a real one, as
 * {@link ApiServerContract} does.
 */
public abstract class WatchContract {

    /** What a list answers: 200, or the code of a refusal and nothing else. */
    public record Listed(int code, List<Json> items, String resourceVersion) {}

    /** What a watch told, ADDED for instance. An ERROR has a Status for its object. */
    public record Told(String type, Json object) {
        /** Which change of which object. */
        String what() {
            return type + " " + object.at("metadata", "name").text("");
        }

        long version() {
            return ResourceVersion.of(object);
        }
    }

    private static final String NOTE = "solo.csi/contract";

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final List<StorageClass> made = new ArrayList<>();

    protected abstract Writes writes();

    protected abstract Cluster cluster();

    /** An empty version is the newest; an older one than given is not answered. */
    protected abstract Listed list(Kind<?> kind, Selection selection, String resourceVersion);

    /** Everything that a watch tells until timeoutSeconds ends it, which is soon. */
    protected abstract List<Told> watch(Kind<?> kind, Selection selection, String resourceVersion);

    /** A version from which the server cannot tell any more what became of this kind. */
    protected abstract String forgotten(Kind<?> kind);

    @AfterEach
    void leave_nothing_behind() throws ApiException {
        for (StorageClass one : made) {
            StorageClass left = cluster().live(Kinds.STORAGE_CLASS, one.key());
            if (left != null && left.meta().finalizers().contains(NOTE)) {
                release(left);
            }
            delete(one);
        }
    }

    @Test
    void a_watch_tells_in_order_what_came_after_its_version() throws ApiException {
        String start = newest();
        StorageClass one = create("one");
        StorageClass two = create("two");
        annotate(one, "1");
        delete(two);

        List<Told> told = watch(start);

        assertThat(told)
                .extracting(Told::what)
                .containsExactly(
                        "ADDED " + name("one"),
                        "ADDED " + name("two"),
                        "MODIFIED " + name("one"),
                        "DELETED " + name("two"));
        assertThat(told).extracting(Told::version).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void the_version_of_an_object_is_where_a_watch_goes_on_after_it() throws ApiException {
        StorageClass one = create("one");
        StorageClass changed = annotate(one, "1");

        assertThat(watch(one.meta().resourceVersion()))
                .singleElement()
                .satisfies(told -> assertThat(told.what()).isEqualTo("MODIFIED " + name("one")))
                .satisfies(told -> assertThat(Long.toString(told.version()))
                        .isEqualTo(changed.meta().resourceVersion()));
    }

    @Test
    void a_list_and_a_watch_from_its_version_miss_nothing_and_tell_nothing_twice() throws ApiException {
        create("one");
        Listed listed = list(Kinds.STORAGE_CLASS, Selection.EVERYTHING, "");
        create("two");

        assertThat(names(listed)).contains(name("one")).doesNotContain(name("two"));
        assertThat(watch(listed.resourceVersion())).extracting(Told::what).containsExactly("ADDED " + name("two"));
    }

    @Test
    void a_watch_that_has_ended_goes_on_from_what_it_told_last() throws ApiException {
        String start = newest();
        StorageClass one = create("one");
        List<Told> first = watch(start);
        annotate(one, "1");
        create("two");

        List<Told> second = watch(Long.toString(first.getLast().version()));

        assertThat(first).extracting(Told::what).containsExactly("ADDED " + name("one"));
        assertThat(second).extracting(Told::what).containsExactly("MODIFIED " + name("one"), "ADDED " + name("two"));
    }

    @Test
    void a_watch_of_what_does_not_change_ends_without_a_word() throws ApiException {
        StorageClass one = create("one");

        assertThat(watch(one.meta().resourceVersion())).isEmpty();
    }

    @Test
    void a_watch_from_a_forgotten_version_is_told_that_it_is_expired() {
        Kind<?> kind = Kinds.SNAPSHOT_CLASS;

        assertThat(watch(kind, Selection.EVERYTHING, forgotten(kind)))
                .singleElement()
                .satisfies(told -> assertThat(told.type()).isEqualTo("ERROR"))
                .satisfies(told -> assertThat(told.object().at("code").number()).isEqualTo(410))
                .satisfies(told -> assertThat(told.object().at("reason").text()).isEqualTo("Expired"));
    }

    @Test
    void a_list_not_older_than_a_version_that_is_not_there_yet_is_not_answered() throws ApiException {
        String future = Long.toString(ResourceVersion.number(newest()) + 1_000_000);

        assertThat(list(Kinds.STORAGE_CLASS, Selection.EVERYTHING, future).code())
                .isEqualTo(504);
    }

    /** Version 0 may be any that the server has in memory. */
    @Test
    void a_list_of_version_0_is_no_newer_than_the_newest() throws ApiException {
        create("one");
        Listed any = list(Kinds.STORAGE_CLASS, Selection.EVERYTHING, "0");

        assertThat(ResourceVersion.number(any.resourceVersion())).isLessThanOrEqualTo(ResourceVersion.number(newest()));
    }

    @Test
    void a_list_not_older_than_a_change_shows_it() throws ApiException {
        StorageClass one = create("one");

        assertThat(names(list(
                        Kinds.STORAGE_CLASS, Selection.EVERYTHING, one.meta().resourceVersion())))
                .contains(name("one"));
    }

    @Test
    void a_deleted_object_is_told_as_it_was_last_under_the_version_of_its_end() throws ApiException {
        StorageClass one = create("one");
        StorageClass last = annotate(one, "last");
        delete(one);

        Told end = watch(last.meta().resourceVersion()).getLast();

        assertThat(end.what()).isEqualTo("DELETED " + name("one"));
        assertThat(note(end)).isEqualTo("last");
        assertThat(end.version())
                .isGreaterThan(ResourceVersion.number(last.meta().resourceVersion()));
    }

    /** The write that takes the last finalizer off is never stored. */
    @Test
    void an_object_that_ends_with_its_last_finalizer_is_told_as_deleted_and_still_has_it() throws ApiException {
        StorageClass one = create("one");
        StorageClass held = writes().patch(Kinds.STORAGE_CLASS, one.key(), Patch.addFinalizer(List.of(), NOTE));
        delete(one);
        release(held);

        List<Told> told = watch(held.meta().resourceVersion());

        assertThat(told).extracting(Told::type).containsExactly("MODIFIED", "DELETED");
        assertThat(told.getLast().object().at("metadata", "finalizers").texts()).containsExactly(NOTE);
        assertThat(told.getLast().object().at("metadata", "deletionTimestamp").present())
                .isTrue();
    }

    @Test
    void an_object_that_leaves_a_selection_is_told_as_deleted_and_one_that_comes_as_added() throws ApiException {
        Selection chosen = new Selection("", Map.of(NOTE, run));
        StorageClass one = create("one");
        String start = one.meta().resourceVersion();
        label(one, run);
        annotate(one, "inside");
        StorageClass left = label(one, "other");
        annotate(one, "outside");
        label(one, run);
        delete(one);

        List<Told> told = watch(Kinds.STORAGE_CLASS, chosen, start);

        assertThat(told).extracting(Told::type).containsExactly("ADDED", "MODIFIED", "DELETED", "ADDED", "DELETED");
        Told leaving = told.get(2);
        assertThat(leaving.object().at("metadata", "labels").textMap())
                .as("before")
                .containsEntry(NOTE, run);
        assertThat(Long.toString(leaving.version())).isEqualTo(left.meta().resourceVersion());
        assertThat(note(told.get(3))).isEqualTo("outside");
    }

    @Test
    void a_list_shows_only_what_is_selected() throws ApiException {
        StorageClass one = create("one");
        create("two");
        label(one, run);

        assertThat(names(list(Kinds.STORAGE_CLASS, new Selection("", Map.of(NOTE, run)), "")))
                .containsExactly(name("one"));
    }

    // --- the fixture language ---

    private String newest() {
        return list(Kinds.STORAGE_CLASS, Selection.EVERYTHING, "").resourceVersion();
    }

    /** Of our own objects; others may come and go in a real cluster. */
    private List<Told> watch(String since) {
        return watch(Kinds.STORAGE_CLASS, Selection.EVERYTHING, since).stream()
                .filter(told -> told.what().contains(run))
                .toList();
    }

    private static List<String> names(Listed listed) {
        return listed.items().stream()
                .map(one -> one.at("metadata", "name").text(""))
                .toList();
    }

    private static String note(Told told) {
        return told.object().at("metadata", "annotations", NOTE).text("");
    }

    private String name(String ofRun) {
        return "solo-watch-" + run + "-" + ofRun;
    }

    private StorageClass create(String name) throws ApiException {
        Map<String, Object> tree =
                Objects.storageClass(name(name)).provisioner("nobody.csi.solo").build();
        StorageClass created = writes().create(Kinds.STORAGE_CLASS, tree);
        made.add(created);
        return created;
    }

    private StorageClass annotate(StorageClass one, String value) throws ApiException {
        return set(one, "annotations", value);
    }

    private StorageClass label(StorageClass one, String value) throws ApiException {
        return set(one, "labels", value);
    }

    private StorageClass set(StorageClass one, String field, String value) throws ApiException {
        return writes().patch(
                        Kinds.STORAGE_CLASS,
                        one.key(),
                        Patch.merge(Map.of("metadata", Map.of(field, Map.of(NOTE, value)))));
    }

    private void release(StorageClass one) throws ApiException {
        var _ = writes().patch(
                        Kinds.STORAGE_CLASS,
                        one.key(),
                        Patch.removeFinalizers(one.meta().finalizers(), List.of(NOTE)));
    }

    private void delete(StorageClass one) throws ApiException {
        ObjectKey key = one.key();
        try {
            writes().delete(Kinds.STORAGE_CLASS, key, one.uid());
        } catch (ApiException gone) {
            if (gone.failure() != Failure.NOT_FOUND) {
                throw gone;
            }
        }
    }
}
