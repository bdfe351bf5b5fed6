package solo.it;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.api.model.storage.VolumeAttributesClassBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import solo.it.up.Manifests;

/** What has to be in a cluster for every right to be needed: classes that name a secret, a Deployment, grants, attaching. */
record RightsStage(Bench bench, List<HasMetadata> objects, AttachRequired attaching) implements AutoCloseable {

    private static final String DRIVER = "local.csi.solo";
    private static final long GOING_SECONDS = 60;
    private static final String SECRET = "csi.storage.k8s.io/secret-";
    private static final Map<String, String> APP = Map.of("app", "rights");

    static RightsStage set(Bench bench) {
        List<HasMetadata> objects = new ArrayList<>(List.of(
                storageClass("rights-now", "Immediate"),
                storageClass("rights-late", "WaitForFirstConsumer"),
                attributes("rights-gold"),
                attributes("rights-silver"),
                grants(),
                deployment(bench)));
        objects.forEach(object -> bench.client()
                .resource(object)
                .fieldManager("solo-it")
                .forceConflicts()
                .serverSideApply());
        // To make a lease is a right, too.
        bench.client()
                .leases()
                .inNamespace(Account.NAMESPACE)
                .withName("local-csi-solo")
                .delete();
        RightsStage stage = new RightsStage(bench, objects, new AttachRequired(bench));
        await().atMost(Duration.ofMinutes(1)).until(() -> !stage.pods().isEmpty() && stage.grantsAreServed());
        return stage;
    }

    /** The pod that stands for the one that Solo would run in. */
    String pod() {
        return pods().getFirst();
    }

    private List<String> pods() {
        return bench.client().pods().inNamespace(Account.NAMESPACE).withLabels(APP).list().getItems().stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    void claimOf(Sandbox sandbox, String name, String storageClass, String attributes) {
        bench.client()
                .resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withNamespace(sandbox.namespace())
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withStorageClassName(storageClass)
                        .withVolumeAttributesClassName(attributes)
                        .withAccessModes("ReadWriteOnce")
                        .withNewResources()
                        .withRequests(Map.of("storage", new Quantity("16Mi")))
                        .endResources()
                        .endSpec()
                        .build())
                .create();
    }

    void modify(Sandbox sandbox, String claim, String attributes) {
        var claims = bench.client()
                .persistentVolumeClaims()
                .inNamespace(sandbox.namespace())
                .withName(claim);
        sandbox.giveAttributesClass(claim, attributes);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> attributes.equals(claims.require().getStatus().getCurrentVolumeAttributesClassName()));
    }

    /** Whether the API server would let the user do it now. */
    boolean may(String user, String resource, String verb) {
        String group = resource.startsWith("volumesnapshot") ? "snapshot.storage.k8s.io" : "";
        return bench.client()
                .authorization()
                .v1()
                .subjectAccessReview()
                .create(new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser(user)
                        .withNewResourceAttributes()
                        .withGroup(group)
                        .withResource(resource)
                        .withVerb(verb)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed();
    }

    private boolean grantsAreServed() {
        CustomResourceDefinition now = bench.client()
                .resources(CustomResourceDefinition.class)
                .withName("referencegrants.gateway.networking.k8s.io")
                .get();
        return now != null && Manifests.served(now);
    }

    private static StorageClass storageClass(String name, String binding) {
        return new StorageClassBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withProvisioner(DRIVER)
                .withVolumeBindingMode(binding)
                .withReclaimPolicy("Delete")
                .withAllowVolumeExpansion(true)
                .withParameters(Map.of("backend", "dir", SECRET + "name", "rights", SECRET + "namespace", "default"))
                .build();
    }

    private static HasMetadata attributes(String name) {
        return new VolumeAttributesClassBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withDriverName(DRIVER)
                .withParameters(Map.of("class", name))
                .build();
    }

    /** Kubernetes knows no ReferenceGrants; the Gateway API brings them. */
    static HasMetadata grants() {
        return new CustomResourceDefinitionBuilder()
                .withNewMetadata()
                .withName("referencegrants.gateway.networking.k8s.io")
                .addToAnnotations("api-approved.kubernetes.io", "unapproved, a test's")
                .endMetadata()
                .withNewSpec()
                .withGroup("gateway.networking.k8s.io")
                .withScope("Namespaced")
                .withNewNames()
                .withPlural("referencegrants")
                .withSingular("referencegrant")
                .withKind("ReferenceGrant")
                .withListKind("ReferenceGrantList")
                .endNames()
                .addNewVersion()
                .withName("v1beta1")
                .withServed(true)
                .withStorage(true)
                .withNewSchema()
                .withNewOpenAPIV3Schema()
                .withType("object")
                .withXKubernetesPreserveUnknownFields(true)
                .endOpenAPIV3Schema()
                .endSchema()
                .endVersion()
                .endSpec()
                .build();
    }

    private static Deployment deployment(Bench bench) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(Account.NAMESPACE)
                .withName("rights")
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .withMatchLabels(APP)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(APP)
                .endMetadata()
                .withSpec(Sandbox.sleeper(bench, Account.NAMESPACE, "rights").getSpec())
                .endTemplate()
                .endSpec()
                .build();
    }

    @Override
    public void close() {
        attaching.close();
        objects.forEach(object -> bench.client().resource(object).delete());
        // One that is on its way out cannot be had again.
        objects.forEach(object ->
                bench.client().resource(object).waitUntilCondition(Objects::isNull, GOING_SECONDS, TimeUnit.SECONDS));
        bench.client().secrets().inNamespace("default").withName("rights").delete();
    }
}
