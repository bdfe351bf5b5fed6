package solo.provisioner.rules;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.model.ContentSource.FromSnapshot;
import solo.csi.model.ContentSource.FromVolume;
import solo.csi.model.ControllerCapability;
import solo.csi.model.CreatedVolume;
import solo.csi.model.CreatedVolume.Content;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectMeta;
import solo.kube.model.ReferenceGrant;
import solo.kube.model.ReferenceGrant.From;
import solo.kube.model.ReferenceGrant.To;
import solo.kube.model.StorageClass;
import solo.provisioner.model.ClaimHistory;
import solo.provisioner.model.ClaimHistory.InBackground;
import solo.provisioner.model.ClaimHistory.InBackground.Request;
import solo.provisioner.model.ClaimHistory.PastVolume;
import solo.provisioner.model.Fact;
import solo.provisioner.model.Facts;
import solo.provisioner.model.Feature;
import solo.provisioner.model.NotYet.LeftToPopulator;
import solo.provisioner.model.ProvisioningAnswer.Created;
import solo.provisioner.model.ProvisioningAnswer.ProtectFailed;
import solo.provisioner.model.ProvisioningEffect;
import solo.provisioner.model.ProvisioningEffect.Announce;
import solo.provisioner.model.ProvisioningEffect.CreateVolume;
import solo.provisioner.model.ProvisioningEffect.DeleteVolume;
import solo.provisioner.model.ProvisioningEffect.ProtectClaim;
import solo.provisioner.model.ProvisioningEffect.ProtectSnapshot;
import solo.provisioner.model.ProvisioningEffect.ReadContent;
import solo.provisioner.model.ProvisioningEffect.ReadSnapshot;
import solo.provisioner.model.ProvisioningEffect.ReleaseSnapshot;
import solo.provisioner.model.ProvisioningEffect.SaveVolume;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.Unprepared.BadDataSource;
import solo.provisioner.model.Unprepared.NotCapable;
import solo.provisioner.model.Unprepared.SourceNotProtected;
import solo.provisioner.model.Unprepared.SourceNotUsable;
import solo.provisioner.model.Unprepared.Unreadable;
import solo.provisioner.model.Unprovisioned.NotFilled;
import solo.simulation.ClaimBuilder;
import solo.simulation.ObjectBuilder;
import solo.simulation.Objects;
import solo.simulation.Objects.Plain;
import solo.simulation.VolumeBuilder;

/** Volumes that are filled from something: what may be a source, and what keeps it alive; inventory §9. */
class DataSourceTest {

    private static final String SNAPSHOT_FINALIZER =
            "provisioner.storage.kubernetes.io/volumesnapshot-as-source-protection";
    private static final String CLONE_FINALIZER = "provisioner.storage.kubernetes.io/cloning-protection";

    private final Situation situation =
            new Situation().can(ControllerCapability.CREATE_DELETE_SNAPSHOT, ControllerCapability.CLONE_VOLUME);

    private static CreatedVolume created(Content content) {
        return new CreatedVolume("vol-1", 1L << 30, Map.of(), content, List.of());
    }

    @Nested
    class ASnapshot {

        private final Plain snapshot = Objects.of(Kinds.SNAPSHOT, "ns/snap")
                .uid("snap-uid")
                .with("content", "status", "boundVolumeSnapshotContentName")
                .with(true, "status", "readyToUse")
                .with("1Gi", "status", "restoreSize");
        private final Plain content = Objects.of(Kinds.SNAPSHOT_CONTENT, "content")
                .with("model.csi.solo", "spec", "driver")
                .with(Map.of("namespace", "ns", "name", "snap", "uid", "snap-uid"), "spec", "volumeSnapshotRef")
                .with("handle-snap", "status", "snapshotHandle");

        @BeforeEach
        void restore() {
            situation.claim().fromSnapshot("snap");
        }

        private void read() {
            situation.snapshot(snapshot).content(content);
        }

        @Test
        void is_read_then_its_content_then_it_is_protected_and_only_then_restored() {
            assertThat(situation.effects()).containsExactly(new ReadSnapshot(new ObjectKey("ns", "snap")));
            situation.snapshot(snapshot);
            assertThat(situation.effects()).containsExactly(new ReadContent("content"));
            situation.content(content);

            assertThat(situation.effects())
                    .extracting(effect -> effect.getClass().getSimpleName())
                    .containsExactly("ProtectSnapshot", "Announce", "CreateVolume");
            assertThat(situation.request().contentSource()).isEqualTo(new FromSnapshot("handle-snap"));
        }

        @Test
        void is_what_its_creation_depends_on() {
            read();

            ProvisioningEffect create = situation.effects().getLast();
            assertThat(create).isInstanceOf(CreateVolume.class);
            assertThat(create.dependsOn()).isEqualTo(SNAPSHOT_FINALIZER);
        }

        @Test
        void is_protected_only_once() {
            snapshot.finalizer(SNAPSHOT_FINALIZER);
            read();

            assertThat(situation.effects()).noneMatch(ProtectSnapshot.class::isInstance);
        }

        @Test
        void is_not_restored_while_it_cannot_be_protected() {
            read();

            assertThat(situation
                            .answered(new ProtectFailed("VolumeSnapshot ns/snap", "conflict"))
                            .refusal())
                    .isEqualTo(new SourceNotProtected("VolumeSnapshot ns/snap", "conflict"));
        }

        @Test
        void must_exist_and_be_readable() {
            situation.facts(Facts.NONE.withSnapshot(new Fact.Missing<>()));
            assertThat(situation.refusal()).isInstanceOf(SourceNotUsable.class);

            situation.facts(Facts.NONE.withSnapshot(new Fact.Unreadable<>("forbidden")));
            assertThat(situation.refusal()).isEqualTo(new Unreadable("VolumeSnapshot ns/snap", "forbidden"));
        }

        @ParameterizedTest
        @CsvSource({
            "status,                                    is not bound",
            "status.boundVolumeSnapshotContentName,     is not bound",
            "status.readyToUse,                         is not ready",
        })
        void must_be_bound_and_ready(String missing, String why) {
            snapshot.without(missing.split("\\.", -1));
            read();

            assertThat(situation.refusal().message()).contains("VolumeSnapshot ns/snap", why);
        }

        @Test
        void that_says_it_is_not_ready_is_not() {
            snapshot.with(false, "status", "readyToUse");
            read();

            assertThat(situation.refusal().message()).contains("is not ready");
        }

        @ParameterizedTest
        @CsvSource({
            "uid,       other",
            "namespace, other",
            "name,      other",
        })
        void must_be_the_one_its_content_refers_back_to(String field, String value) {
            content.with(value, "spec", "volumeSnapshotRef", field);
            read();

            assertThat(situation.refusal().message()).contains("belongs to another VolumeSnapshot");
        }

        @Test
        void must_be_of_this_driver() {
            content.with("other.csi", "spec", "driver");
            read();

            assertThat(situation.refusal().message()).contains("taken by driver other.csi");
        }

        @Test
        void must_have_a_handle() {
            content.without("status");
            read();

            assertThat(situation.refusal().message()).contains("has no snapshot handle");
        }

        @ParameterizedTest
        @CsvSource({"1Gi, true", "2Gi, true", "1073741823, false"})
        void must_fit(String size, boolean fits) {
            situation.claim().size(size);
            read();

            if (fits) {
                assertThat(situation.request().requiredBytes()).isGreaterThanOrEqualTo(1L << 30);
            } else {
                assertThat(situation.refusal().message()).contains("less than the snapshot's restore size of 1Gi");
            }
        }

        @Test
        void without_a_restore_size_fits_always() {
            snapshot.without("status", "restoreSize");
            situation.claim().size("1");
            read();

            assertThat(situation.request().contentSource()).isNotNull();
        }

        @Test
        void that_is_being_deleted_is_restored_only_if_that_had_begun() {
            snapshot.deleting().finalizer("other");
            read();
            assertThat(situation.refusal().message()).contains("is being deleted");

            snapshot.finalizer(SNAPSHOT_FINALIZER);
            read();
            assertThat(situation.request().contentSource()).isEqualTo(new FromSnapshot("handle-snap"));
        }

        @ParameterizedTest
        @CsvSource({
            "Block,      Filesystem, '',    false",
            "Filesystem, Block,      '',    false",
            "Block,      Block,      '',    true",
            "'',         Block,      '',    true",
            "Block,      Filesystem, true,  true",
            "Block,      Filesystem, 1,     true",
            "Block,      Filesystem, T,     true",
            "Block,      Filesystem, yes,   false",
            "Block,      Filesystem, false, false",
        })
        void changes_its_mode_only_if_that_is_allowed(String from, String to, String annotation, boolean allowed) {
            if (!from.isEmpty()) {
                content.with(from, "spec", "sourceVolumeMode");
            }
            if (!annotation.isEmpty()) {
                content.annotation("snapshot.storage.kubernetes.io/allow-volume-mode-change", annotation);
            }
            situation.claim().with(to, "spec", "volumeMode");
            read();

            assertThat(allowed()).isEqualTo(allowed);
            situation.without(Feature.PREVENT_VOLUME_MODE_CONVERSION);
            assertThat(allowed()).isTrue();
        }

        private boolean allowed() {
            return SnapshotSource.of(situation.view(), new ObjectKey("ns", "snap")) instanceof Finding.Found;
        }

        @Test
        void needs_a_driver_that_takes_snapshots() {
            situation.cannot(ControllerCapability.CREATE_DELETE_SNAPSHOT);

            assertThat(situation.refusal()).isEqualTo(new NotCapable("CREATE_DELETE_SNAPSHOT", "restoring a snapshot"));
        }

        @Test
        void is_to_be_let_go_after_it_is_restored() {
            read();
            situation.answered(new Created(created(Content.FROM_SOURCE)));
            assertThat(situation.effects())
                    .hasSize(3)
                    .satisfies(effects -> assertThat(effects.get(0)).isInstanceOf(SaveVolume.class))
                    .satisfies(effects ->
                            assertThat(effects.get(2)).isEqualTo(new ReleaseSnapshot(new ObjectKey("ns", "snap"))));
        }

        @Test
        void that_the_driver_does_not_confirm_costs_the_volume() {
            read();
            situation.answered(new Created(created(Content.EMPTY)));

            assertThat(situation.effects())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            DeleteVolume.class,
                            delete -> assertThat(delete.because()).isEqualTo(new NotFilled(null)));
        }
    }

    @Nested
    class AClaim {

        private final ClaimBuilder source = Objects.claim("ns/source")
                .uid("source-uid")
                .storageClass("slow")
                .boundTo("pv-source");
        private final VolumeBuilder volume = Objects.volume("pv-source")
                .handle("handle-source")
                .claimRef("ns/source", "source-uid")
                .phase("Bound");

        @BeforeEach
        void cloning() {
            situation.claim().fromClaim("source");
        }

        private void known() {
            situation.source(source).source(volume);
        }

        @Test
        void is_protected_and_cloned_even_into_another_class() {
            known();

            assertThat(situation.effects())
                    .extracting(effect -> effect.getClass().getSimpleName())
                    .containsExactly("ProtectClaim", "Announce", "CreateVolume");
            assertThat(situation.request().contentSource()).isEqualTo(new FromVolume("handle-source"));
            assertThat(situation.effects().getLast().dependsOn()).isEqualTo(CLONE_FINALIZER);
        }

        @Test
        void is_protected_only_once() {
            source.finalizer(CLONE_FINALIZER);
            known();

            assertThat(situation.effects()).noneMatch(ProtectClaim.class::isInstance);
        }

        @Test
        void costs_no_read() {
            known();

            assertThat(situation.effects()).noneMatch(ProvisioningEffect.Read.class::isInstance);
        }

        @Test
        void must_exist() {
            assertThat(situation.refusal().message())
                    .isEqualTo("claim ns/source cannot be the source of a volume: it does not exist");
        }

        @Test
        void must_be_bound_and_stay() {
            source.phase("Lost");
            known();
            assertThat(situation.refusal().message()).contains("is not bound");

            source.phase("Bound").deleting().finalizer("x");
            known();
            assertThat(situation.refusal().message()).contains("is being deleted");
        }

        @Test
        void that_is_being_deleted_is_cloned_only_if_that_may_have_begun() {
            // The source waits for such a clone, so it would wait for ever (seed 55 of copying users).
            source.deleting().finalizer(CLONE_FINALIZER);
            known();
            ProvisioningView before = situation.view();
            StorageClass storageClass = requireNonNull(before.storageClass());
            situation.history(new ClaimHistory(
                    new InBackground(before.claim(), storageClass, Map.of(), "", null, Request.SENT),
                    null,
                    PastVolume.NONE));

            assertThat(situation.request().contentSource()).isEqualTo(new FromVolume("handle-source"));
        }

        @Test
        void must_name_a_class_and_so_must_the_new_one() {
            source.without("spec", "storageClassName");
            known();
            assertThat(situation.refusal().message()).contains("must name a StorageClass");
        }

        @ParameterizedTest
        @CsvSource({"1Gi, true", "2Gi, true", "1073741823, false"})
        void must_fit_by_what_it_asked_for_not_by_what_it_got(String size, boolean fits) {
            source.capacity("100Gi");
            situation.claim().size(size);
            known();

            assertThat(usable()).isEqualTo(fits);
        }

        @Test
        void must_have_a_volume_of_this_driver() {
            situation.source(source);
            assertThat(situation.refusal().message()).contains("PersistentVolume pv-source does not exist");

            volume.driver("other.csi");
            known();
            assertThat(situation.refusal().message()).contains("of driver other.csi");

            volume.without("spec", "csi");
            known();
            assertThat(situation.refusal().message()).contains("not a CSI volume");
        }

        @ParameterizedTest
        @ValueSource(strings = {"uid", "namespace", "name"})
        void must_be_what_its_volume_is_bound_to(String field) {
            volume.with("other", "spec", "claimRef", field);
            known();

            assertThat(situation.refusal().message()).contains("bound to something else");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Released", "Failed", "Pending", "Available"})
        void must_have_a_bound_volume(String phase) {
            volume.phase(phase);
            known();

            assertThat(situation.refusal().message()).contains("is " + phase + ", not Bound");
        }

        @Test
        void must_have_the_same_mode_and_none_means_filesystem() {
            source.without("spec", "volumeMode");
            known();
            assertThat(usable()).isTrue();

            situation.claim().block();
            assertThat(situation.refusal().message()).contains("volumeMode");
        }

        private boolean usable() {
            return CloneSource.of(situation.view(), new ObjectKey("ns", "source")) instanceof Finding.Found;
        }

        @Test
        void needs_a_driver_that_clones() {
            situation.cannot(ControllerCapability.CLONE_VOLUME);

            assertThat(situation.refusal()).isEqualTo(new NotCapable("CLONE_VOLUME", "cloning a claim"));
        }

        @Test
        void stays_protected_after_it_is_cloned() {
            known();
            situation.answered(new Created(created(Content.FROM_SOURCE)));

            assertThat(situation.effects())
                    .hasSize(2)
                    .satisfies(effects -> assertThat(effects.get(0)).isInstanceOf(SaveVolume.class))
                    .satisfies(effects -> assertThat(effects.get(1)).isInstanceOf(Announce.class));
        }
    }

    @Nested
    class AnythingElse {

        @Test
        void is_left_to_a_populator_with_a_word() {
            source("example.com", "Backup", "b", null);

            assertThat(situation.refusal())
                    .isEqualTo(new LeftToPopulator("Backup"))
                    .satisfies(reason -> assertThat(reason.event()).isNotNull());
        }

        @Test
        void with_the_wrong_group_or_no_name_is_a_mistake() {
            source("example.com", "VolumeSnapshot", "s", null);
            assertThat(situation.refusal()).isInstanceOf(BadDataSource.class);

            source("snapshot.storage.k8s.io", "VolumeSnapshot", "", null);
            assertThat(situation.refusal()).isInstanceOf(BadDataSource.class);

            source(null, "PersistentVolumeClaim", "", null);
            assertThat(situation.refusal()).isInstanceOf(BadDataSource.class);
        }

        @Test
        void data_source_wins_over_data_source_ref() {
            source("example.com", "Backup", "b", null);
            situation.claim().fromClaim("source");

            assertThat(situation.refusal().message()).startsWith("claim ns/source");
        }
    }

    @Nested
    class InAnotherNamespace {

        @Test
        void nothing_may_be_referred_to_with_the_feature_off_even_with_a_grant() {
            source("snapshot.storage.k8s.io", "VolumeSnapshot", "s", "other");
            situation.grant(grant("other", from("ns"), to("snapshot.storage.k8s.io", "VolumeSnapshot", null)));

            assertThat(situation.refusal()).isInstanceOf(BadDataSource.class);
        }

        @Test
        void the_own_namespace_needs_no_grant() {
            source("snapshot.storage.k8s.io", "VolumeSnapshot", "s", "ns");
            situation.with(Feature.CROSS_NAMESPACE_DATA_SOURCE);

            assertThat(situation.effects()).containsExactly(new ReadSnapshot(new ObjectKey("ns", "s")));
        }

        @Test
        void an_empty_namespace_is_the_claims_own_and_needs_no_feature() {
            source("snapshot.storage.k8s.io", "VolumeSnapshot", "s", "");

            assertThat(situation.effects()).containsExactly(new ReadSnapshot(new ObjectKey("ns", "s")));
        }

        @ParameterizedTest
        @CsvSource({
            "other, ns,    snapshot.storage.k8s.io, VolumeSnapshot,        '',  true",
            "other, ns,    snapshot.storage.k8s.io, VolumeSnapshot,        s,   true",
            "other, ns,    snapshot.storage.k8s.io, VolumeSnapshot,        t,   false",
            "other, third, snapshot.storage.k8s.io, VolumeSnapshot,        '',  false",
            "third, ns,    snapshot.storage.k8s.io, VolumeSnapshot,        '',  false",
            "other, ns,    '',                      VolumeSnapshot,        '',  false",
            "other, ns,    snapshot.storage.k8s.io, PersistentVolumeClaim, '',  false",
        })
        void a_grant_must_name_both_sides(
                String in, String from, String group, String kind, String name, boolean allowed) {
            situation.with(Feature.CROSS_NAMESPACE_DATA_SOURCE);
            source("snapshot.storage.k8s.io", "VolumeSnapshot", "s", "other");
            situation.grant(grant(in, from(from), to(group, kind, name)));

            assertThat(DataSourceChoice.ask(situation.view()) instanceof Finding.Found)
                    .isEqualTo(allowed);
        }

        @Test
        void no_name_in_a_grant_is_any_name_and_no_group_is_the_core_group() {
            situation.with(Feature.CROSS_NAMESPACE_DATA_SOURCE);
            source(null, "PersistentVolumeClaim", "c", "other");
            situation.grant(grant("other", from("ns"), to("", "PersistentVolumeClaim", null)));

            assertThat(DataSourceChoice.ask(situation.view())).isInstanceOf(Finding.Found.class);
        }

        @Test
        void empty_lists_allow_nothing() {
            situation.with(Feature.CROSS_NAMESPACE_DATA_SOURCE);
            source("snapshot.storage.k8s.io", "VolumeSnapshot", "s", "other");
            situation.grant(grant("other", null, to("snapshot.storage.k8s.io", "VolumeSnapshot", null)));
            situation.grant(grant("other", from("ns"), null));

            assertThat(situation.refusal()).isInstanceOf(BadDataSource.class);
        }

        @Test
        void populators_kinds_are_checked_too() {
            situation.with(Feature.CROSS_NAMESPACE_DATA_SOURCE);
            source("example.com", "Backup", "b", "other");

            assertThat(situation.refusal()).isInstanceOf(BadDataSource.class);
        }
    }

    private void source(@Nullable String group, String kind, String name, @Nullable String namespace) {
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("kind", kind);
        source.put("name", name);
        if (group != null) {
            source.put("apiGroup", group);
        }
        if (namespace != null) {
            source.put("namespace", namespace);
        }
        ObjectBuilder<?> claim = situation.claim();
        claim.with(source, "spec", "dataSourceRef");
    }

    private static From from(String namespace) {
        return new From("", "PersistentVolumeClaim", namespace);
    }

    private static To to(String group, String kind, @Nullable String name) {
        return new To(group, kind, name);
    }

    private static ReferenceGrant grant(String namespace, @Nullable From from, @Nullable To to) {
        ObjectMeta meta = new ObjectMeta(
                new ObjectKey(namespace, "grant"), "uid", "1", null, null, List.of(), Map.of(), Map.of());
        return new ReferenceGrant(meta, from == null ? List.of() : List.of(from), to == null ? List.of() : List.of(to));
    }
}
