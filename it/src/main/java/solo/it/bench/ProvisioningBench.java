package solo.it.bench;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Many claims at once. Two rates, told apart: claim → PV written is ours; claim → Bound also waits for the
 * controller-manager.
 */
final class ProvisioningBench {

    private static final String STORAGE_CLASS = "solo-local-immediate";
    private static final int CREATORS = 16;

    private final KubernetesClient client;
    private final int claims;
    private final Consumer<String> say;
    private final String namespace = "bench-" + Long.toString(System.currentTimeMillis(), 36);

    ProvisioningBench(KubernetesClient client, int claims, Consumer<String> say) {
        this.client = client;
        this.claims = claims;
        this.say = say;
    }

    void run() throws InterruptedException {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        RequestCounters before = RequestCounters.read(client);
        Milestone<PersistentVolume> written = new Milestone<>(claims, volume -> true);
        Milestone<PersistentVolumeClaim> bound = new Milestone<>(
                claims, claim -> "Bound".equals(claim.getStatus().getPhase()));
        try (var _ = client.persistentVolumes().watch(written);
                var _ = client.persistentVolumeClaims().inNamespace(namespace).watch(bound)) {
            long start = System.nanoTime();
            createClaims();
            say.accept(rate("claims created", start, System.nanoTime()));
            written.await();
            say.accept(rate("PVs written (ours)", start, written.reached));
            bound.await();
            say.accept(rate("claims Bound (ours and the controller-manager's)", start, bound.reached));
        }
        sayRequests(before);
        delete();
    }

    private void createClaims() throws InterruptedException {
        try (ExecutorService creators = Executors.newFixedThreadPool(CREATORS)) {
            for (int i = 0; i < claims; i++) {
                PersistentVolumeClaim claim = claim("claim-" + i);
                creators.execute(() -> client.resource(claim).create());
            }
        }
    }

    private void delete() throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(claims);
        try (var _ = client.persistentVolumes().watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, PersistentVolume volume) {
                if (action == Action.DELETED) {
                    gone.countDown();
                }
            }

            @Override
            public void onClose(WatcherException cause) {}
        })) {
            long start = System.nanoTime();
            client.persistentVolumeClaims().inNamespace(namespace).delete();
            if (!gone.await(5, TimeUnit.MINUTES)) {
                throw new IllegalStateException(gone.getCount() + " volumes were not deleted within 5 minutes");
            }
            say.accept(rate("volumes deleted", start, System.nanoTime()));
        }
        client.namespaces().withName(namespace).delete();
    }

    private void sayRequests(RequestCounters before) {
        say.accept("API requests per claim, by the API server's own count (everybody's, this command's too):");
        RequestCounters.read(client).since(before).forEach((what, count) -> {
            if (count >= claims / 10) {
                say.accept(String.format(Locale.ROOT, "  %-48s %6.2f", what, (double) count / claims));
            }
        });
    }

    private String rate(String what, long start, long end) {
        double seconds = (end - start) / 1e9;
        return String.format(
                Locale.ROOT, "%-50s %5d in %6.2f s = %6.1f a second", what, claims, seconds, claims / seconds);
    }

    private PersistentVolumeClaim claim(String name) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withStorageClassName(STORAGE_CLASS)
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity("1Mi")))
                .endResources()
                .endSpec()
                .build();
    }

    /** Reached when so many different objects fulfil a condition. */
    private static final class Milestone<T extends io.fabric8.kubernetes.api.model.HasMetadata> implements Watcher<T> {
        private final Set<String> seen = ConcurrentHashMap.newKeySet();
        private final Predicate<T> condition;
        private final CountDownLatch left;
        private volatile long reached;

        Milestone(int count, Predicate<T> condition) {
            this.condition = condition;
            this.left = new CountDownLatch(count);
        }

        @Override
        public void eventReceived(Action action, T object) {
            if (condition.test(object) && seen.add(object.getMetadata().getUid())) {
                reached = System.nanoTime();
                left.countDown();
            }
        }

        @Override
        public void onClose(WatcherException cause) {}

        void await() throws InterruptedException {
            if (!left.await(10, TimeUnit.MINUTES)) {
                throw new IllegalStateException(left.getCount() + " objects are missing after 10 minutes");
            }
        }
    }
}
