package solo.it.up;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A claim's whole life, as a user sees it: bound, written, read by another pod, deleted, nothing left. Each step throws
 * {@link TourFailure} with what was seen instead.
 */
final class Tour {

    static final String CLASS = "solo-local";
    private static final String NAMESPACE = "default";
    private static final String CLAIM = "solo-tour";
    private static final String WORDS = "written by the first pod";
    private static final int PATIENCE_SECONDS = 120;

    private final KubernetesClient client;
    private final String image;
    private final Supplier<Integer> volumesInBackend;

    Tour(KubernetesClient client, String image, Supplier<Integer> volumesInBackend) {
        this.client = client;
        this.image = image;
        this.volumesInBackend = volumesInBackend;
    }

    void run(Terminal terminal) {
        removeLeftOvers();
        int before = volumesInBackend.get();
        terminal.step("claim is created, a pod asks for it, claim is bound", this::bind);
        terminal.step("the pod writes into its volume", () -> succeeds("solo-tour-writer"));
        terminal.step("the pod is replaced, the data is still there", this::replace);
        terminal.step("the claim is deleted, its volume goes", this::delete);
        terminal.step("the backend is empty again", () -> {
            int after = volumesInBackend.get();
            if (after != before) {
                throw new TourFailure("the backend holds " + after + " volumes, it held " + before + " before");
            }
        });
    }

    private void bind() {
        client.resource(claim()).create();
        client.resource(pod("solo-tour-writer", "echo " + WORDS + " > /data/words && sync"))
                .create();
        await(
                "the claim was not bound",
                () -> client.persistentVolumeClaims()
                        .inNamespace(NAMESPACE)
                        .withName(CLAIM)
                        .waitUntilCondition(
                                claim -> claim != null
                                        && "Bound".equals(claim.getStatus().getPhase()),
                                PATIENCE_SECONDS,
                                TimeUnit.SECONDS));
    }

    private void replace() {
        remove("solo-tour-writer");
        client.resource(pod("solo-tour-reader", "grep -q '" + WORDS + "' /data/words"))
                .create();
        succeeds("solo-tour-reader");
    }

    private void delete() {
        remove("solo-tour-reader");
        var claims = client.persistentVolumeClaims().inNamespace(NAMESPACE).withName(CLAIM);
        PersistentVolumeClaim claim = claims.get();
        String volume = claim.getSpec().getVolumeName();
        claims.delete();
        await(
                "the volume " + volume + " was not deleted",
                () -> client.persistentVolumes()
                        .withName(volume)
                        .waitUntilCondition(gone -> gone == null, PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    private void succeeds(String name) {
        Pod ended = await(
                "the pod " + name + " did not end",
                () -> client.pods()
                        .inNamespace(NAMESPACE)
                        .withName(name)
                        .waitUntilCondition(Tour::ended, PATIENCE_SECONDS, TimeUnit.SECONDS));
        if (!"Succeeded".equals(ended.getStatus().getPhase())) {
            throw new TourFailure(
                    "the pod " + name + " ended as " + ended.getStatus().getPhase());
        }
    }

    private static boolean ended(Pod pod) {
        String phase = pod == null ? "" : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    private void remove(String pod) {
        var pods = client.pods().inNamespace(NAMESPACE).withName(pod);
        pods.withGracePeriod(0).delete();
        await(
                "the pod " + pod + " did not go",
                () -> pods.waitUntilCondition(gone -> gone == null, PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    /** What an earlier tour left when it was stopped in the middle. */
    private void removeLeftOvers() {
        remove("solo-tour-writer");
        remove("solo-tour-reader");
        if (client.persistentVolumeClaims()
                        .inNamespace(NAMESPACE)
                        .withName(CLAIM)
                        .get()
                != null) {
            delete();
        }
    }

    private <T> T await(String failure, Supplier<T> wait) {
        try {
            return wait.get();
        } catch (KubernetesClientTimeoutException late) {
            throw new TourFailure(failure + " within " + PATIENCE_SECONDS + " s; last events: " + events(), late);
        }
    }

    private String events() {
        return client.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().startsWith("solo-tour"))
                .filter(event -> "Warning".equals(event.getType()))
                .map(event -> event.getReason() + ": " + event.getMessage())
                .distinct()
                .limit(5)
                .toList()
                .toString();
    }

    private static PersistentVolumeClaim claim() {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(CLAIM)
                .endMetadata()
                .withNewSpec()
                .withStorageClassName(CLASS)
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity("64Mi")))
                .endResources()
                .endSpec()
                .build();
    }

    private Pod pod(String name, String script) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("shell")
                .withImage(image)
                .withImagePullPolicy("IfNotPresent")
                .withCommand("/bin/sh", "-c", script)
                .addNewVolumeMount()
                .withName("data")
                .withMountPath("/data")
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("data")
                .withNewPersistentVolumeClaim()
                .withClaimName(CLAIM)
                .endPersistentVolumeClaim()
                .endVolume()
                .endSpec()
                .build();
    }
}
