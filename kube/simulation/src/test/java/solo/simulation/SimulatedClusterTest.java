package solo.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Change;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;
import solo.kube.model.Pod;
import solo.kube.model.StorageClass;

/** Watches that lag, break and go back in time; requests that fail on either side of their effect. */
class SimulatedClusterTest {

    private static final ObjectKey FAST = ObjectKey.cluster("fast");

    private final SimulatedApiServer server = new SimulatedApiServer(new VirtualClock());
    private final SimulatedCluster cluster = new SimulatedCluster(server);
    private final SimulatedWrites writes = new SimulatedWrites(server, cluster);
    private final SimulatedStore<StorageClass> store = cluster.simulated(Kinds.STORAGE_CLASS);

    @Test
    void a_lagging_watch_tells_each_change_when_it_is_delivered() {
        cluster.lag();
        server.put(Objects.storageClass("fast"));
        server.put(Objects.storageClass("fast").annotation("a", "1"));
        assertThat(store.get(FAST)).isNull();

        store.deliverOne();
        assertThat(store.all()).extracting(one -> one.meta().annotations()).containsExactly(Map.of());

        store.deliverOne();
        assertThat(store.all()).extracting(one -> one.meta().annotations()).containsExactly(Map.of("a", "1"));
    }

    @Test
    void our_own_write_is_seen_although_the_watch_lags() throws ApiException {
        server.put(Objects.storageClass("fast"));
        cluster.lag();

        StorageClass written = writes.patch(Kinds.STORAGE_CLASS, FAST, annotate("1"));

        assertThat(store.get(FAST)).isEqualTo(written);
        assertThat(store.all()).containsExactly(written);
        assertThat(store.lag()).isEqualTo(1);
    }

    @Test
    void the_watch_wins_over_our_write_once_it_has_come_that_far() throws ApiException {
        server.put(Objects.storageClass("fast"));
        cluster.lag();
        writes.patch(Kinds.STORAGE_CLASS, FAST, annotate("ours"));
        server.edit(Kinds.STORAGE_CLASS, FAST, tree -> Trees.with(tree, "theirs", "metadata", "annotations", "a"));

        store.deliverAll();

        assertThat(store.get(FAST))
                .isNotNull()
                .satisfies(one -> assertThat(one.meta().annotation("a")).isEqualTo("theirs"));
    }

    @Test
    void what_our_own_write_ended_is_gone_at_once() throws ApiException {
        server.put(Objects.storageClass("fast").finalizer("f").deleting());
        cluster.lag();

        writes.patch(Kinds.STORAGE_CLASS, FAST, Patch.removeFinalizers(List.of("f"), List.of("f")));

        assertThat(store.get(FAST)).isNull();
    }

    @Test
    void a_new_list_hides_what_happened_in_between() {
        server.put(Objects.storageClass("fast").uid("first"));
        cluster.lag();
        List<Change<StorageClass>> changes = new ArrayList<>();
        store.onChange(changes::add);
        server.put(Objects.storageClass("fast").uid("second"));

        store.relist();

        assertThat(changes).as("the first went, the second came").hasSize(2);
        assertThat(store.get(FAST))
                .isNotNull()
                .satisfies(one -> assertThat(one.uid()).isEqualTo("second"));
    }

    @Test
    void a_stale_list_brings_back_the_past() throws ApiException {
        server.put(Objects.storageClass("fast"));
        server.delete(Kinds.STORAGE_CLASS.resource(), FAST, null);
        assertThat(store.get(FAST)).isNull();

        store.relistStale(1);

        assertThat(store.get(FAST)).isNotNull();
    }

    @Test
    void pods_without_claims_are_not_kept_however_the_watch_brings_them() {
        SimulatedStore<Pod> pods = cluster.simulated(Kinds.POD);
        server.put(Objects.pod("default/web", "data"));
        server.put(Objects.of(Kinds.POD, "default/idle"));
        assertThat(pods.all()).extracting(pod -> pod.key().name()).containsExactly("web");

        cluster.lag();
        server.remove(Kinds.POD, Objects.key("default/web"));
        server.put(Objects.of(Kinds.POD, "default/web"));
        server.remove(Kinds.POD, Objects.key("default/idle"));
        pods.relist();
        assertThat(pods.all()).isEmpty();

        pods.relistStale(3);
        assertThat(pods.all()).extracting(pod -> pod.key().name()).containsExactly("web");
        pods.deliverAll();
        assertThat(pods.all()).isEmpty();
    }

    @Test
    void a_refused_request_changes_nothing() {
        server.put(Objects.storageClass("fast"));
        server.fail(Fault.refused(Verb.PATCH, Kinds.STORAGE_CLASS, Failure.TOO_MANY_REQUESTS));

        assertThatThrownBy(() -> writes.patch(Kinds.STORAGE_CLASS, FAST, annotate("1")))
                .isInstanceOf(ApiException.class);

        assertThat(server.object(Kinds.STORAGE_CLASS, FAST)
                        .at("metadata", "annotations")
                        .present())
                .isFalse();
    }

    @Test
    void a_lost_answer_hides_what_was_done() {
        server.fail(Fault.answerLost(Verb.CREATE, Kinds.STORAGE_CLASS));
        cluster.lag();

        assertThatThrownBy(() -> writes.create(
                        Kinds.STORAGE_CLASS, Objects.storageClass("fast").build()))
                .isInstanceOf(ApiException.class);

        assertThat(server.find(Kinds.STORAGE_CLASS, FAST)).isNotNull();
        assertThat(store.get(FAST)).isNull();
    }

    @Test
    void requests_are_counted_by_verb_and_kind() throws ApiException {
        writes.create(Kinds.STORAGE_CLASS, Objects.storageClass("fast").build());
        writes.patch(Kinds.STORAGE_CLASS, FAST, annotate("1"));
        cluster.live(Kinds.STORAGE_CLASS, FAST);

        assertThat(server.requests().all())
                .isEqualTo(Map.of("create storageclasses", 1, "patch storageclasses", 1, "get storageclasses", 1));
        assertThat(server.requests().writes()).isEqualTo(2);
    }

    private static Patch annotate(String value) {
        return Patch.merge(Map.of("metadata", Map.of("annotations", Map.of("a", value))));
    }
}
