package solo.kube.fabric8;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.Clock;
import solo.kube.Health;
import solo.kube.Kind;
import solo.kube.Kind.Scope;
import solo.kube.RecordStore;
import solo.kube.model.Projected;

/** The one informer of a kind: fabric8 lists and watches, a {@link RecordStore} keeps what comes. */
final class KindInformer<R extends Projected> {

    private static final Logger log = LoggerFactory.getLogger(KindInformer.class);

    /** Halves the memory at the start of a large cluster. */
    private static final long PAGE = 500;

    private final Kind<R> kind;
    private final RecordStore<R> store;
    private final Runnable onList;
    private volatile boolean synced;
    private volatile @Nullable String failure;
    private volatile @Nullable SharedIndexInformer<GenericKubernetesResource> informer;

    KindInformer(Kind<R> kind, Clock clock, Runnable onList) {
        this.kind = kind;
        this.store = new RecordStore<>(kind, clock);
        this.onList = onList;
    }

    void start(KubernetesClient client) {
        ResourceDefinitionContext context = new ResourceDefinitionContext.Builder()
                .withGroup(kind.resource().group())
                .withVersion(kind.resource().version())
                .withPlural(kind.resource().plural())
                .withKind(kind.resource().kind())
                .withNamespaced(kind.resource().scope() == Scope.NAMESPACED)
                .build();
        var all = client.genericKubernetesResources(context);
        String namespace = kind.selection().namespace();
        SharedIndexInformer<GenericKubernetesResource> started = (namespace.isEmpty()
                        ? all.inAnyNamespace()
                        : all.inNamespace(namespace))
                .withLabels(kind.selection().labels())
                .withFields(kind.selection().fields())
                .withLimit(PAGE)
                .runnableInformer(0);
        informer = started.removeNamespaceIndex()
                .itemStore(new ProjectingItemStore<>(kind, store))
                .exceptionHandler((running, thrown) -> failed(thrown))
                .addEventHandler(new ListNotice());
        var _ = started.start();
    }

    void stop() {
        SharedIndexInformer<GenericKubernetesResource> running = informer;
        if (running != null) {
            running.stop();
        }
    }

    Kind<R> kind() {
        return kind;
    }

    RecordStore<R> store() {
        return store;
    }

    /** What the store knows everything up to: fabric8 sets it after the store has taken the change in. */
    String seen() {
        SharedIndexInformer<GenericKubernetesResource> running = informer;
        String version = running == null ? null : running.lastSyncResourceVersion();
        return version == null ? "" : version;
    }

    boolean synced() {
        return synced;
    }

    String missing() {
        String why = failure;
        return kind.resource().plural() + (why == null ? " (being listed)" : " (" + why + ")");
    }

    Health health() {
        String why = failure;
        SharedIndexInformer<GenericKubernetesResource> running = informer;
        if (running == null || !running.isRunning()) {
            return Health.of(kind.resource().plural(), Health.Status.FAILED, "the informer has stopped");
        }
        if (!synced) {
            return Health.of(kind.resource().plural(), Health.Status.WAITING, missing());
        }
        return Health.of(
                kind.resource().plural(),
                Health.Status.OK,
                store.size() + " objects" + (why == null || running.isWatching() ? "" : ", not watching: " + why));
    }

    /** Always true: whatever went wrong, the informer tries again (fabric8 backs off up to 32 s). */
    private boolean failed(Throwable thrown) {
        String text = rootOf(thrown);
        if (!text.equals(failure)) {
            log.warn(
                    "kind={} list or watch failed, trying again: {}",
                    kind.resource().plural(),
                    text);
        }
        failure = text;
        return true;
    }

    private static String rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof KubernetesClientException refused && refused.getStatus() != null) {
            return refused.getStatus().getCode() + " " + refused.getStatus().getMessage();
        }
        String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return text.replace('\n', ' ');
    }

    private final class ListNotice implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onList(String resourceVersion, boolean remainedEmpty) {
            if (failure != null) {
                log.info("kind={} listed again", kind.resource().plural());
            }
            failure = null;
            synced = true;
            onList.run();
        }

        @Override
        public void onAdd(GenericKubernetesResource object) {}

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {}

        @Override
        public void onDelete(GenericKubernetesResource object, boolean unknown) {}
    }
}
