package solo.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Cluster;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.Writes;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Projected;
import solo.kube.model.StorageClass;
import solo.kube.model.VolumeAttachment;

/**
 * What the ports promise of an API server. Runs against the simulated one and, extended elsewhere, against a real one,
 * so that the simulation cannot drift from the truth. Uses only objects that no controller of Kubernetes touches, and
 * leaves nothing behind.
 */
public abstract class ApiServerContract {

    private static final String OURS = "solo.csi/contract";

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final List<Made> made = new ArrayList<>();
    private int names;

    private record Made(Kind<?> kind, ObjectKey key) {}

    protected abstract Writes writes();

    protected abstract Cluster cluster();

    /** A namespace that exists. */
    protected String namespace() {
        return "default";
    }

    @AfterEach
    void leave_nothing_behind() throws ApiException {
        for (Made one : made) {
            remove(one.kind, one.key);
        }
    }

    @Test
    void a_created_object_has_uid_version_and_time() throws ApiException {
        StorageClass created = create(storageClass());

        assertThat(created.uid()).isNotEmpty();
        assertThat(created.meta().resourceVersion()).isNotEmpty();
        assertThat(created.meta().created()).isNotNull();
        assertThat(live(Kinds.STORAGE_CLASS, created)).isEqualTo(created);
    }

    @Test
    void a_taken_name_is_refused() throws ApiException {
        ObjectBuilder<?> same = storageClass();
        create(same);

        assertThat(failure(() -> writes().create(Kinds.STORAGE_CLASS, same.build())))
                .isEqualTo(Failure.ALREADY_EXISTS);
    }

    @Test
    void generateName_is_completed() throws ApiException {
        ObjectBuilder<?> nameless =
                storageClass().without("metadata", "name").with("solo-", "metadata", "generateName");

        StorageClass created = create(nameless);

        assertThat(created.key().name()).startsWith("solo-").hasSizeGreaterThan("solo-".length());
    }

    @Test
    void an_object_without_any_name_is_refused() {
        assertThat(failure(() -> writes().create(
                                Kinds.STORAGE_CLASS,
                                storageClass().without("metadata", "name").build())))
                .isEqualTo(Failure.INVALID);
    }

    @Test
    void what_is_not_there_is_not_found() throws ApiException {
        ObjectKey nobody = ObjectKey.cluster("nobody-" + run);

        assertThat(cluster().live(Kinds.STORAGE_CLASS, nobody)).isNull();
        assertThat(failure(() -> writes().patch(Kinds.STORAGE_CLASS, nobody, annotate("a", "b"))))
                .isEqualTo(Failure.NOT_FOUND);
        assertThat(failure(() -> writes().delete(Kinds.STORAGE_CLASS, nobody, "any-uid")))
                .isEqualTo(Failure.NOT_FOUND);
    }

    @Test
    void only_the_object_with_the_given_uid_is_deleted() throws ApiException {
        StorageClass created = create(storageClass());

        assertThat(failure(() -> writes().delete(Kinds.STORAGE_CLASS, created.key(), "another-uid")))
                .isEqualTo(Failure.CONFLICT);
        assertThat(live(Kinds.STORAGE_CLASS, created)).isNotNull();

        writes().delete(Kinds.STORAGE_CLASS, created.key(), created.uid());
        assertThat(live(Kinds.STORAGE_CLASS, created)).isNull();
    }

    @Test
    void a_name_that_is_used_again_has_another_uid() throws ApiException {
        ObjectBuilder<?> same = storageClass();
        StorageClass first = create(same);
        writes().delete(Kinds.STORAGE_CLASS, first.key(), first.uid());

        assertThat(create(same).uid()).isNotEqualTo(first.uid());
    }

    @Test
    void a_change_gives_a_new_version_and_no_change_keeps_it() throws ApiException {
        StorageClass created = create(storageClass());

        StorageClass changed = writes().patch(Kinds.STORAGE_CLASS, created.key(), annotate(OURS, "1"));
        StorageClass same = writes().patch(Kinds.STORAGE_CLASS, created.key(), annotate(OURS, "1"));

        assertThat(changed.meta().annotation(OURS)).isEqualTo("1");
        assertThat(changed.meta().resourceVersion()).isNotEqualTo(created.meta().resourceVersion());
        assertThat(same).isEqualTo(changed);
    }

    @Test
    void a_merge_patch_with_null_removes() throws ApiException {
        StorageClass created = create(storageClass().annotation(OURS, "1").annotation("keep", "2"));
        Map<String, @Nullable Object> nothing = new java.util.HashMap<>();
        nothing.put(OURS, null);

        StorageClass changed = writes().patch(
                        Kinds.STORAGE_CLASS,
                        created.key(),
                        Patch.merge(Map.of("metadata", Map.of("annotations", nothing))));

        assertThat(changed.meta().annotations()).isEqualTo(Map.of("keep", "2"));
    }

    @Test
    void a_patch_for_an_older_version_is_a_conflict() throws ApiException {
        StorageClass created = create(storageClass());
        String old = created.meta().resourceVersion();
        writes().patch(Kinds.STORAGE_CLASS, created.key(), annotate(OURS, "1").ifVersion(old));

        assertThat(failure(() -> writes().patch(
                                Kinds.STORAGE_CLASS,
                                created.key(),
                                annotate(OURS, "2").ifVersion(old))))
                .isEqualTo(Failure.CONFLICT);
    }

    @Test
    void a_failed_json_test_is_a_conflict_and_changes_nothing() throws ApiException {
        StorageClass created = create(storageClass().finalizer("solo.csi/a"));

        assertThat(failure(() -> writes().patch(
                                Kinds.STORAGE_CLASS, created.key(), Patch.addFinalizer(List.of(), "solo.csi/b"))))
                .isEqualTo(Failure.CONFLICT);
        assertThat(live(Kinds.STORAGE_CLASS, created)).isEqualTo(created);
    }

    @Test
    void a_json_patch_can_append_and_escape() throws ApiException {
        StorageClass created = create(storageClass().annotation(OURS, "1").finalizer("solo.csi/a"));

        StorageClass changed = writes().patch(
                        Kinds.STORAGE_CLASS,
                        created.key(),
                        Patch.json(List.of(
                                Map.of(
                                        "op",
                                        "replace",
                                        "path",
                                        "/metadata/annotations/solo.csi~1contract",
                                        "value",
                                        "2"),
                                Map.of("op", "add", "path", "/metadata/finalizers/-", "value", "solo.csi/b"))));

        assertThat(changed.meta().annotation(OURS)).isEqualTo("2");
        assertThat(changed.meta().finalizers()).containsExactly("solo.csi/a", "solo.csi/b");
    }

    @Test
    void a_json_patch_of_a_missing_path_is_a_conflict() throws ApiException {
        StorageClass created = create(storageClass());

        assertThat(failure(() -> writes().patch(
                                Kinds.STORAGE_CLASS,
                                created.key(),
                                Patch.json(List.of(Map.of("op", "remove", "path", "/metadata/annotations/none"))))))
                .isEqualTo(Failure.CONFLICT);
    }

    @Test
    void finalizers_hold_a_deleted_object_until_the_last_is_removed() throws ApiException {
        StorageClass created = create(storageClass());
        StorageClass held =
                writes().patch(Kinds.STORAGE_CLASS, created.key(), Patch.addFinalizer(List.of(), "solo.csi/a"));
        assertThat(held.meta().finalizers()).containsExactly("solo.csi/a");

        writes().delete(Kinds.STORAGE_CLASS, created.key(), created.uid());

        StorageClass marked = live(Kinds.STORAGE_CLASS, created);
        assertThat(marked != null && marked.meta().deleting()).isTrue();
        writes().delete(Kinds.STORAGE_CLASS, created.key(), created.uid());
        assertThat(live(Kinds.STORAGE_CLASS, created)).as("deleted twice").isEqualTo(marked);

        writes().patch(
                        Kinds.STORAGE_CLASS,
                        created.key(),
                        Patch.removeFinalizers(List.of("solo.csi/a"), List.of("solo.csi/a")));
        assertThat(live(Kinds.STORAGE_CLASS, created)).isNull();
    }

    @Test
    void nobody_can_add_a_finalizer_to_what_is_being_deleted() throws ApiException {
        StorageClass created = create(storageClass().finalizer("solo.csi/a"));
        writes().delete(Kinds.STORAGE_CLASS, created.key(), created.uid());

        assertThat(failure(() -> writes().patch(
                                Kinds.STORAGE_CLASS,
                                created.key(),
                                Patch.addFinalizer(List.of("solo.csi/a"), "solo.csi/b"))))
                .isEqualTo(Failure.INVALID);
    }

    @Test
    void a_strategic_patch_adds_finalizers_to_the_others() throws ApiException {
        StorageClass created = create(storageClass().finalizer("solo.csi/a"));

        StorageClass changed = writes().patch(
                        Kinds.STORAGE_CLASS,
                        created.key(),
                        Patch.strategic(Map.of("metadata", Map.of("finalizers", List.of("solo.csi/b")))));

        assertThat(changed.meta().finalizers()).containsExactlyInAnyOrder("solo.csi/a", "solo.csi/b");
    }

    @Test
    void a_class_cannot_change_its_provisioner() throws ApiException {
        StorageClass created = create(storageClass());

        assertThat(failure(() -> writes().patch(
                                Kinds.STORAGE_CLASS, created.key(), Patch.merge(Map.of("provisioner", "other.csi")))))
                .isEqualTo(Failure.INVALID);
    }

    @Test
    void an_attachment_is_born_without_status_and_without_the_status_it_was_given() throws ApiException {
        VolumeAttachment created = createAttachment(attachment().attached());

        assertThat(created.status().attached()).isFalse();
    }

    @Test
    void the_status_of_an_attachment_changes_alone() throws ApiException {
        VolumeAttachment created = createAttachment(attachment().annotation(OURS, "1"));

        VolumeAttachment changed = writes().patch(
                        Kinds.ATTACHMENT,
                        created.key(),
                        Patch.merge(Map.of(
                                        "metadata", Map.of("annotations", Map.of(OURS, "2")),
                                        "status",
                                                Map.of(
                                                        "attached",
                                                        true,
                                                        "attachmentMetadata",
                                                        Map.of("path", "/dev/x"))))
                                .ofStatus());

        assertThat(changed.status().attached()).isTrue();
        assertThat(changed.status().attachmentMetadata()).isEqualTo(Map.of("path", "/dev/x"));
        assertThat(changed.meta().annotation(OURS)).isEqualTo("1");
    }

    @Test
    void a_change_of_an_attachment_leaves_its_status_alone() throws ApiException {
        VolumeAttachment created = createAttachment(attachment());

        VolumeAttachment changed = writes().patch(
                        Kinds.ATTACHMENT,
                        created.key(),
                        Patch.merge(Map.of(
                                "metadata",
                                Map.of("annotations", Map.of(OURS, "1")),
                                "status",
                                Map.of("attached", true))));

        assertThat(changed.meta().annotation(OURS)).isEqualTo("1");
        assertThat(changed.status().attached()).isFalse();
    }

    @Test
    void an_attachment_cannot_change_its_spec() throws ApiException {
        VolumeAttachment created = createAttachment(attachment());

        assertThat(failure(() -> writes().patch(
                                Kinds.ATTACHMENT,
                                created.key(),
                                Patch.merge(Map.of("spec", Map.of("nodeName", "other"))))))
                .isEqualTo(Failure.INVALID);
    }

    @Test
    void conditions_of_a_claim_are_merged_by_type() throws ApiException {
        PersistentVolumeClaim created = createClaim();
        Patch resizing = condition("Resizing");
        Patch pending = condition("FileSystemResizePending");

        writes().patch(Kinds.CLAIM, created.key(), resizing);
        writes().patch(Kinds.CLAIM, created.key(), pending);
        PersistentVolumeClaim changed = writes().patch(Kinds.CLAIM, created.key(), resizing);

        assertThat(changed.status().conditions())
                .extracting(PersistentVolumeClaim.Condition::type)
                .containsExactlyInAnyOrder("Resizing", "FileSystemResizePending");
    }

    @Test
    void a_claim_cannot_change_what_it_asked_for() throws ApiException {
        PersistentVolumeClaim created = createClaim();

        assertThat(failure(() -> writes().patch(
                                Kinds.CLAIM,
                                created.key(),
                                Patch.merge(Map.of("spec", Map.of("accessModes", List.of("ReadWriteMany")))))))
                .isEqualTo(Failure.INVALID);
    }

    @Test
    void a_volume_whose_node_affinity_has_no_terms_is_invalid() {
        ObjectBuilder<?> volume =
                Objects.volume(name()).with(List.of(), "spec", "nodeAffinity", "required", "nodeSelectorTerms");

        assertThat(failure(() -> writes().create(Kinds.VOLUME, volume.build()))).isEqualTo(Failure.INVALID);
    }

    @Test
    void a_read_is_never_older_than_our_own_write() throws ApiException {
        var store = cluster().store(Kinds.STORAGE_CLASS);
        StorageClass created = create(storageClass());
        assertThat(store.get(created.key())).isEqualTo(created);

        for (int i = 0; i < 20; i++) {
            StorageClass changed = writes().patch(Kinds.STORAGE_CLASS, created.key(), annotate(OURS, "" + i));
            assertThat(store.get(created.key())).isEqualTo(changed);
        }
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(store.all()).extracting(StorageClass::key).contains(created.key()));
    }

    @Test
    void a_deleted_object_leaves_the_store() throws ApiException {
        var store = cluster().store(Kinds.STORAGE_CLASS);
        StorageClass created = create(storageClass().finalizer("solo.csi/a"));
        writes().delete(Kinds.STORAGE_CLASS, created.key(), created.uid());
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            StorageClass marked = store.get(created.key());
            assertThat(marked != null && marked.meta().deleting()).isTrue();
        });

        writes().patch(
                        Kinds.STORAGE_CLASS,
                        created.key(),
                        Patch.removeFinalizers(List.of("solo.csi/a"), List.of("solo.csi/a")));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(store.get(created.key())).isNull());
    }

    // --- the fixture language ---

    private String name() {
        return "solo-contract-" + run + "-" + ++names;
    }

    /** Of a driver that does not exist. */
    private StorageClassBuilder storageClass() {
        return Objects.storageClass(name()).provisioner("nobody.csi.solo");
    }

    private AttachmentBuilder attachment() {
        return Objects.attachment(name())
                .attacher("nobody.csi.solo")
                .node("no-node")
                .volume("no-volume");
    }

    private StorageClass create(ObjectBuilder<?> builder) throws ApiException {
        return create(Kinds.STORAGE_CLASS, builder);
    }

    private VolumeAttachment createAttachment(ObjectBuilder<?> builder) throws ApiException {
        return create(Kinds.ATTACHMENT, builder);
    }

    private PersistentVolumeClaim createClaim() throws ApiException {
        return create(Kinds.CLAIM, Objects.claim(namespace() + "/" + name()).storageClass("no-class"));
    }

    private <R extends Projected> R create(Kind<R> kind, ObjectBuilder<?> builder) throws ApiException {
        R created = writes().create(kind, builder.build());
        made.add(new Made(kind, created.key()));
        return created;
    }

    private <R extends Projected> @Nullable R live(Kind<R> kind, R record) throws ApiException {
        return cluster().live(kind, record.key());
    }

    private static Patch annotate(String name, String value) {
        return Patch.merge(Map.of("metadata", Map.of("annotations", Map.of(name, value))));
    }

    private static Patch condition(String type) {
        return Patch.strategic(Map.of("status", Map.of("conditions", List.of(Map.of("type", type, "status", "True")))))
                .ofStatus();
    }

    private <R extends Projected> void remove(Kind<R> kind, ObjectKey key) throws ApiException {
        try {
            R record = cluster().live(kind, key);
            if (record == null) {
                return;
            }
            List<String> finalizers = record.meta().finalizers();
            List<String> ours = finalizers.stream()
                    .filter(one -> one.startsWith("solo.csi/"))
                    .toList();
            if (!ours.isEmpty()) {
                writes().patch(kind, key, Patch.removeFinalizers(finalizers, ours));
            }
            writes().delete(kind, key, record.uid());
        } catch (ApiException gone) {
            if (gone.failure() != Failure.NOT_FOUND) {
                throw gone;
            }
        }
    }

    private static @Nullable Failure failure(ThrowingCallable call) {
        ApiException refused = catchThrowableOfType(ApiException.class, call);
        return refused == null ? null : refused.failure();
    }
}
