package solo.kube.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Change;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.Leadership;
import solo.kube.Store;
import solo.kube.Widget;
import solo.kube.Writes;
import solo.kube.fabric8.KubernetesConnection.Options;
import solo.kube.model.ObjectMeta;
import solo.kube.model.Patch;
import solo.kube.model.Pod;
import solo.kube.model.Projected;

class InformedClusterTest {

    private static final String PODS = "/api/v1/namespaces/default/pods/";
    private static final String RED = "/apis/tests.solo/v1/namespaces/default/widgets/one";

    private FakeApiServer server;
    private KubernetesConnection connection;

    @BeforeEach
    void connect(@TempDir Path home) throws Exception {
        server = new FakeApiServer();
        connection = KubernetesConnection.open(
                new Options(Kubeconfigs.write(home, server.uri()), null, "test"), Map.of(), home);
    }

    @AfterEach
    void disconnect() {
        connection.close();
        server.close();
    }

    @Test
    void a_store_holds_what_was_there_and_hears_what_comes() throws Exception {
        server.put(RED, widget("red"));
        Store<Widget> store = synced();
        assertThat(store.all()).extracting(Widget::color).containsExactly("red");

        List<Change<Widget>> changes = new CopyOnWriteArrayList<>();
        store.onChange(changes::add);
        server.put(RED, widget("blue"));
        await().until(() -> store.byIndex(Widget.BY_COLOR, "blue").size() == 1);
        assertThat(store.byIndex(Widget.BY_COLOR, "red")).isEmpty();
        server.remove(RED);
        await().until(() -> store.all().isEmpty());
        assertThat(changes)
                .extracting(
                        change -> change.before() == null ? "" : change.before().color())
                .containsExactly("red", "blue");
    }

    @Test
    void letters_outside_ascii_do_not_break_the_watch() throws Exception {
        Store<Widget> store = synced();
        server.put(RED, widget("größer als üblich – 大 🎉".repeat(5)));
        await().until(() -> store.get(Widget.key("one")) != null);
        assertThat(store.all()).extracting(Widget::color).containsExactly("größer als üblich – 大 🎉".repeat(5));
        server.put(RED, widget("plain"));
        await().until(() -> !store.byIndex(Widget.BY_COLOR, "plain").isEmpty());
        assertThat(server.seen("GET").stream().filter(seen -> seen.path().contains("limit=")))
                .as("lists")
                .hasSize(1);
    }

    @Test
    void a_write_is_read_before_the_watch_tells_of_it() throws Exception {
        server.put(RED, widget("red"));
        Store<Widget> store = synced();
        server.mute(true);

        Widget green =
                writes().patch(Widget.KIND, Widget.key("one"), Patch.merge(Map.of("spec", Map.of("color", "green"))));
        assertThat(store.get(Widget.key("one"))).isEqualTo(green);
        assertThat(store.byIndex(Widget.BY_COLOR, "red")).isEmpty();

        Widget two = writes().create(
                        Widget.KIND,
                        Map.of(
                                "metadata",
                                Map.of("name", "two", "namespace", "default"),
                                "spec",
                                Map.of("color", "white")));
        assertThat(store.byIndex(Widget.BY_COLOR, "white")).containsExactly(two);

        writes().delete(Widget.KIND, Widget.key("two"), two.uid());
        assertThat(store.get(Widget.key("two"))).isNull();
    }

    @Test
    void a_watch_that_was_ended_goes_on_where_it_was() throws Exception {
        Store<Widget> store = synced();
        await().until(() -> server.openWatches() == 1);
        server.endWatches();
        await().until(() -> server.openWatches() == 0);
        await().atMost(Duration.ofSeconds(20)).until(() -> server.openWatches() == 1);
        server.put(RED, widget("red"));
        await().until(() -> store.get(Widget.key("one")) != null);
    }

    @Test
    void an_expired_watch_is_followed_by_a_new_list_that_also_tells_what_is_gone() throws Exception {
        server.put(RED, widget("red"));
        Store<Widget> store = synced();
        await().until(() -> server.openWatches() == 1);
        server.mute(true);
        server.remove(RED);
        server.expireWatches();
        await().atMost(Duration.ofSeconds(20)).until(() -> store.get(Widget.key("one")) == null);
    }

    @Test
    void pods_without_claims_are_watched_and_not_kept() throws Exception {
        server.put(PODS + "idle", pod(Map.of("name", "tmp", "emptyDir", Map.of())));
        server.put(PODS + "scratch", pod(Map.of("name", "tmp", "ephemeral", Map.of())));
        server.put(PODS + "web", pod(claimed("data")));
        Store<Pod> pods = synced(Kinds.POD);
        assertThat(pods.all())
                .extracting(Pod::claims)
                .containsExactlyInAnyOrder(List.of("scratch-tmp"), List.of("data"));
        List<Change<Pod>> changes = new CopyOnWriteArrayList<>();
        pods.onChange(changes::add);
        await().until(() -> server.openWatches() == 1);

        server.put(PODS + "idle", pod(Map.of("name", "tmp", "emptyDir", Map.of("medium", "Memory"))));
        server.remove(PODS + "idle");
        server.put(PODS + "idle", pod(Map.of()));
        server.remove(PODS + "web");
        await().until(() -> pods.byIndex(Kinds.POD_BY_CLAIM, "default/data").isEmpty());
        assertThat(changes).extracting(change -> nameOf(change.before())).containsExactly("web");
        assertThat(server.seen("GET").stream().filter(seen -> seen.path().contains("limit=")))
                .as("lists")
                .hasSize(1);
    }

    @Test
    void a_new_list_finds_pods_without_claims_as_little_there_as_before() throws Exception {
        server.put(PODS + "idle", pod(Map.of()));
        server.put(PODS + "busy", pod(claimed("other")));
        server.put(PODS + "web", pod(claimed("data")));
        Store<Pod> pods = synced(Kinds.POD);
        List<Change<Pod>> changes = new CopyOnWriteArrayList<>();
        pods.onChange(changes::add);
        await().until(() -> server.openWatches() == 1);

        server.mute(true);
        server.remove(PODS + "idle");
        server.put(PODS + "late", pod(Map.of()));
        // In the meantime its name went to a pod without a claim.
        server.remove(PODS + "web");
        server.put(PODS + "web", pod(Map.of()));
        server.mute(false);
        server.expireWatches();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> pods.byIndex(Kinds.POD_BY_CLAIM, "default/data").isEmpty());
        assertThat(pods.all()).extracting(pod -> pod.key().name()).containsExactly("busy");

        server.put(PODS + "late", pod(Map.of("name", "tmp", "emptyDir", Map.of())));
        server.put(PODS + "busy", pod(claimed("third")));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !pods.byIndex(Kinds.POD_BY_CLAIM, "default/third").isEmpty());
        assertThat(changes).extracting(change -> nameOf(change.before())).containsExactly("web", "busy");
    }

    @Test
    void an_object_that_cannot_be_read_does_not_hide_the_others() throws Exception {
        server.put(RED, Map.of("metadata", Map.of("creationTimestamp", "yesterday"), "spec", Map.of()));
        server.put(RED + "-more", widget("red"));
        assertThat(synced().all()).hasSize(1);
    }

    @Test
    void a_kind_that_is_not_served_is_named_with_the_reason() throws Exception {
        for (int i = 0; i < 50; i++) {
            server.refuse(404, "NotFound");
        }
        connection.cluster().store(Widget.KIND);
        await().until(() -> connection
                .cluster()
                .awaitSynced(Duration.ZERO)
                .toString()
                .contains("widgets (404 refused by the test)"));
    }

    @Test
    void two_projections_of_one_kind_are_refused() throws Exception {
        synced();
        Kind<Widget> other = new Kind<>(
                Widget.KIND.resource(), json -> new Widget(ObjectMeta.of(json, key -> false), ""), List.of());
        assertThatThrownBy(() -> connection.cluster().store(other)).hasMessageContaining("two projections of widgets");
    }

    @Test
    void a_live_read_of_what_is_not_there_is_null() throws Exception {
        assertThat(connection.cluster().live(Widget.KIND, Widget.key("none"))).isNull();
    }

    @Test
    void who_does_not_lead_writes_nothing() {
        Writes fenced = connection.writes(() -> false);
        int before = server.seen().size();
        assertThatThrownBy(() -> fenced.patch(Widget.KIND, Widget.key("one"), Patch.merge(Map.of())))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.failure()).isEqualTo(Failure.NOT_LEADING));
        assertThat(server.seen()).hasSize(before);
    }

    private Store<Widget> synced() throws InterruptedException {
        return synced(Widget.KIND);
    }

    private <R extends Projected> Store<R> synced(Kind<R> kind) throws InterruptedException {
        Store<R> store = connection.cluster().store(kind);
        assertThat(connection.cluster().awaitSynced(Duration.ofSeconds(10))).isEmpty();
        return store;
    }

    private Writes writes() {
        return connection.writes(Leadership.ALWAYS);
    }

    private static Map<String, Object> pod(Map<String, Object> volume) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                Map.of(),
                "spec",
                Map.of("volumes", volume.isEmpty() ? List.of() : List.of(volume)));
    }

    private static Map<String, Object> claimed(String claim) {
        return Map.of("name", "volume", "persistentVolumeClaim", Map.of("claimName", claim));
    }

    private static String nameOf(@Nullable Projected record) {
        return record == null ? "" : record.key().name();
    }

    private static Map<String, Object> widget(String color) {
        return Map.of(
                "apiVersion", "tests.solo/v1", "kind", "Widget", "metadata", Map.of(), "spec", Map.of("color", color));
    }
}
