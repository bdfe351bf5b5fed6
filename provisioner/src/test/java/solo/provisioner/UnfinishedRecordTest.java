package solo.provisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import solo.csi.model.Topology;
import solo.csi.model.TopologyRequirement;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.CompactJson;
import solo.kube.History;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Projected;
import solo.kube.model.StorageClass;
import solo.provisioner.UnfinishedRecord.Safety;
import solo.provisioner.model.ClaimHistory.InBackground;
import solo.provisioner.model.ClaimHistory.InBackground.Request;
import solo.simulation.Objects;
import solo.simulation.SimulatedApiServer;
import solo.simulation.SimulatedCluster;
import solo.simulation.StorageClassBuilder;
import solo.simulation.VirtualClock;

/** What a process leaves on the Lease, and what the next one makes of it. */
class UnfinishedRecordTest {

    private final SimulatedApiServer server = new SimulatedApiServer(new VirtualClock());
    private final SimulatedCluster cluster = new SimulatedCluster(server);
    private final Past past = new Past();
    private final List<Map<String, String>> commits = new ArrayList<>();

    @Test
    void an_unfinished_claim_reads_the_same_in_the_next_process() {
        server.put(Objects.storageClass("fast")
                .parameter("csi.storage.k8s.io/provisioner-secret-name", "${pvc.name}")
                .parameter("type", "ssd")
                .mountOptions("noatime")
                .reclaimPolicy("Retain")
                .waitForFirstConsumer());
        server.put(Objects.claim("ns/data")
                .uid("uid-1")
                .storageClass("fast")
                .annotation("volume.kubernetes.io/selected-node", "node-1")
                .provisioner());
        Topology place = Topology.of(Map.of("zone", "a"));
        var claim = new InBackground(
                PersistentVolumeClaim.of(server.object(Kinds.CLAIM, Objects.key("ns/data"))),
                StorageClass.of(server.object(Kinds.STORAGE_CLASS, Objects.key("fast"))),
                Map.of("iops", "100"),
                "node-1",
                new TopologyRequirement(List.of(place), List.of(place)),
                Request.SENT);
        UnfinishedRecord one = record(Safety.WITH_THE_NEXT_RENEWAL);
        one.begun(claim);

        UnfinishedRecord two = record(Safety.WITH_THE_NEXT_RENEWAL);
        two.found(one.notes());

        InBackground left = two.left().getFirst();
        assertThat(left.claim().spec()).isEqualTo(claim.claim().spec());
        assertThat(left.claim().meta().annotations())
                .isEqualTo(claim.claim().meta().annotations());
        assertThat(left.claim().uid()).isEqualTo("uid-1");
        assertThat(left.storageClass().parameters())
                .isEqualTo(claim.storageClass().parameters());
        assertThat(left.storageClass().reclaimPolicy()).isEqualTo("Retain");
        assertThat(left.requirement()).isEqualTo(claim.requirement());
        assertThat(left.request()).isEqualTo(Request.SENT);
        assertThat(left.asksTheSame(claim)).isTrue();
    }

    @Test
    void a_note_of_the_version_before_says_nothing_of_an_attributes_class() {
        UnfinishedRecord next = record(Safety.WITH_THE_NEXT_RENEWAL);
        next.found(Map.of(
                UnfinishedRecord.UNFINISHED,
                CompactJson.text(List.of(Map.of(
                        "claim",
                        Map.of(
                                "metadata", Map.of("namespace", "ns", "name", "data", "uid", "uid-1"),
                                "spec", Map.of("storageClassName", "fast")),
                        "class",
                        Map.of(
                                "metadata",
                                Map.of("name", "fast", "uid", "class-1", "labels", Map.of(), "annotations", Map.of()),
                                "provisioner",
                                "model.csi.solo",
                                "parameters",
                                Map.of("type", "ssd")),
                        "node",
                        "",
                        "request",
                        "SENT")))));

        InBackground left = next.left().getFirst();
        assertThat(left.storageClass().parameters()).isEqualTo(Map.of("type", "ssd"));
        assertThat(left.mutableParameters()).isNull();
    }

    /** What it reads: a list, and of each claim these fields. */
    @Test
    void the_version_before_reads_our_notes() {
        UnfinishedRecord record = record(Safety.WITH_THE_NEXT_RENEWAL);
        record.begun(claim("ns/data", "uid-1"));

        Json note = CompactJson.tree(record.notes().getOrDefault(UnfinishedRecord.UNFINISHED, ""))
                .items()
                .getFirst();

        assertThat(note.at("claim", "metadata", "uid").text()).isEqualTo("uid-1");
        assertThat(note.at("class", "metadata", "name").text()).isEqualTo("fast");
        assertThat(note.at("class", "provisioner").text()).isEqualTo("model.csi.solo");
        assertThat(note.at("node").text()).isEmpty();
        assertThat(note.at("request").text()).isEqualTo("SENT");
    }

    @Test
    void claims_of_one_class_hardly_cost_its_parameters_again() {
        String thousandOfASmallClass = noteOf(1000, Objects.storageClass("fast"));
        StorageClassBuilder big = Objects.storageClass("fast");
        for (int i = 0; i < 40; i++) {
            big.parameter("parameter-" + i, "value " + i + " of a class with many");
        }

        String thousandOfABigOne = noteOf(1000, big);

        System.out.printf(
                "a thousand unfinished claims: %,d characters, with 40 parameters: %,d of %,d%n",
                thousandOfASmallClass.length(), thousandOfABigOne.length(), UnfinishedRecord.MOST_TEXT);
        assertThat(thousandOfABigOne.length())
                .isLessThan(UnfinishedRecord.MOST_TEXT / 2)
                .isLessThan(thousandOfASmallClass.length() + 40_000);
    }

    private String noteOf(int claims, StorageClassBuilder storageClass) {
        UnfinishedRecord record = record(Safety.WITH_THE_NEXT_RENEWAL);
        for (int i = 0; i < claims; i++) {
            String uid = new UUID(i * 0x9E3779B97F4A7C15L, i * 0xC2B2AE3D27D4EB4FL).toString();
            server.put(
                    Objects.claim("ns/data-" + i).uid(uid).storageClass("fast").provisioner());
            record.begun(unfinished("ns/data-" + i, storageClass));
        }
        return record.notes().getOrDefault(UnfinishedRecord.UNFINISHED, "");
    }

    @Test
    void a_note_that_says_another_request_is_put_right_first_whatever_the_driver() throws ApiException {
        UnfinishedRecord record = record(Safety.WITH_THE_NEXT_RENEWAL);
        InBackground before = claim("ns/data", "uid-1");
        record.begun(before);
        record.notes();
        record.written();
        record.ended("uid-1");

        InBackground now = unfinished("ns/data", Objects.storageClass("fast").parameter("type", "ssd"));
        record.begun(now);
        record.awaitSafe(now.claim());
        record.awaitSafe(now.claim());

        assertThat(commits).hasSize(1);
        UnfinishedRecord next = record(Safety.WITH_THE_NEXT_RENEWAL);
        next.found(commits.getFirst());
        assertThat(next.left()).singleElement().matches(now::asksTheSame);
    }

    @Test
    void a_note_that_may_have_been_written_may_mislead_too() {
        InBackground before = claim("ns/data", "uid-1");
        UnfinishedRecord record = renewed(Safety.WITH_THE_NEXT_RENEWAL);
        record.begun(before);
        record.notes(); // and its answer is lost
        record.ended("uid-1");
        record.notes(); // and this one's
        InBackground now = unfinished("ns/data", Objects.storageClass("fast").parameter("type", "ssd"));
        record.begun(now);

        assertThatCode(() -> record.awaitSafe(now.claim())).doesNotThrowAnyException();

        assertThat(commits).hasSize(1);
    }

    @Test
    void a_driver_that_lists_pays_no_write() throws ApiException {
        UnfinishedRecord record = renewed(Safety.WITH_THE_NEXT_RENEWAL);
        InBackground claim = claim("ns/data", "uid-1");

        record.begun(claim);
        record.awaitSafe(claim.claim());
        record.ended("uid-1");
        record.settled("uid-1");

        assertThat(commits).isEmpty();
    }

    @Test
    void before_the_first_volume_the_lease_says_from_where_to_look_back() throws ApiException {
        UnfinishedRecord record = record(Safety.WITH_THE_NEXT_RENEWAL);
        record.found(Map.of());
        InBackground claim = claim("ns/data", "uid-1");

        record.begun(claim);
        record.awaitSafe(claim.claim());
        record.awaitSafe(claim.claim());

        assertThat(commits).hasSize(1);
        assertThat(commits.getFirst()).containsEntry(UnfinishedRecord.CLAIMS_SEEN, "50");
    }

    @Test
    void a_claim_that_is_gone_before_the_driver_is_asked_must_be_named_first() throws ApiException {
        UnfinishedRecord record = renewed(Safety.WITH_THE_NEXT_RENEWAL);
        InBackground claim = claim("ns/data", "uid-1");
        server.remove(Kinds.CLAIM, Objects.key("ns/data"));

        record.begun(claim);
        record.awaitSafe(claim.claim());

        assertThat(commits).hasSize(1);
        assertThat(uids(commits.getFirst())).containsExactly("uid-1");
    }

    @Test
    void a_driver_that_cannot_list_has_every_claim_named_first_and_only_once() throws ApiException {
        UnfinishedRecord record = record(Safety.BEFORE_CREATE_VOLUME);
        InBackground claim = claim("ns/data", "uid-1");

        record.begun(claim);
        record.awaitSafe(claim.claim());
        record.begun(claim);
        record.awaitSafe(claim.claim());

        assertThat(commits).hasSize(1);
        assertThat(uids(commits.getFirst())).containsExactly("uid-1");
    }

    @Test
    void a_claim_that_is_not_known_to_be_named_is_not_safe() {
        UnfinishedRecord record = new UnfinishedRecord(
                cluster,
                past,
                () -> {
                    throw new ApiException(Failure.UNAVAILABLE, "no answer");
                },
                Safety.BEFORE_CREATE_VOLUME);
        InBackground claim = claim("ns/data", "uid-1");
        record.begun(claim);

        assertThatThrownBy(() -> record.awaitSafe(claim.claim())).hasMessage("no answer");
        record.notes();
        assertThatThrownBy(() -> record.awaitSafe(claim.claim()))
                .as("what was to be written may not have been")
                .hasMessage("no answer");
    }

    @Test
    void before_a_volume_is_deleted_the_lease_stops_naming_its_claim() throws ApiException {
        UnfinishedRecord record = record(Safety.BEFORE_CREATE_VOLUME);
        InBackground claim = claim("ns/data", "uid-1");
        record.begun(claim);
        record.awaitSafe(claim.claim());
        record.ended("uid-1");

        record.settled("uid-1");
        record.settled("uid-1");

        assertThat(commits).hasSize(2);
        assertThat(uids(commits.getLast())).isEmpty();
    }

    @Test
    void what_was_deleted_since_the_last_note_is_asked_of_the_api_server() throws InterruptedException {
        InBackground claim = claim("ns/data", "uid-1");
        past.deleted = List.of(claim.claim());
        UnfinishedRecord record = record(Safety.WITH_THE_NEXT_RENEWAL);
        record.found(Map.of(UnfinishedRecord.CLAIMS_SEEN, "41", UnfinishedRecord.UNFINISHED, ""));
        assertThat(record.notes())
                .as("until it is known the next process has to begin there, too")
                .containsEntry(UnfinishedRecord.CLAIMS_SEEN, "41");

        BlockingQueue<List<PersistentVolumeClaim>> told = new LinkedBlockingQueue<>();
        record.deletedMeanwhile(told::add);

        assertThat(told.poll(1, TimeUnit.MINUTES)).containsExactly(claim.claim());
        assertThat(past.asked).containsExactly("41");
        while (!"50".equals(record.notes().get(UnfinishedRecord.CLAIMS_SEEN))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void a_note_that_cannot_be_read_is_ignored() {
        UnfinishedRecord record = record(Safety.WITH_THE_NEXT_RENEWAL);
        record.found(Map.of(UnfinishedRecord.UNFINISHED, "not what we wrote"));
        assertThat(record.left()).isEmpty();
    }

    @Test
    void more_than_an_annotation_holds_are_those_whose_claims_are_gone() {
        UnfinishedRecord record = record(Safety.WITH_THE_NEXT_RENEWAL);
        for (int i = 0; i < 40; i++) {
            InBackground big = big("ns/data-" + i, "uid-" + i);
            record.begun(big);
            if (i % 10 == 0) {
                server.remove(Kinds.CLAIM, big.claim().key());
            }
        }

        Map<String, String> notes = record.notes();

        assertThat(notes.getOrDefault(UnfinishedRecord.UNFINISHED, "").length())
                .isLessThanOrEqualTo(UnfinishedRecord.MOST_TEXT);
        assertThat(uids(notes)).containsExactlyInAnyOrder("uid-0", "uid-10", "uid-20", "uid-30");
    }

    private UnfinishedRecord renewed(Safety safety) {
        UnfinishedRecord record = record(safety);
        record.notes();
        record.written();
        return record;
    }

    private UnfinishedRecord record(Safety safety) {
        UnfinishedRecord[] made = new UnfinishedRecord[1];
        made[0] = new UnfinishedRecord(
                cluster,
                past,
                () -> {
                    commits.add(made[0].notes());
                    made[0].written();
                },
                safety);
        return made[0];
    }

    private InBackground claim(String key, String uid) {
        server.put(Objects.claim(key).uid(uid).storageClass("fast").provisioner());
        return unfinished(key);
    }

    /** With an annotation that does not shrink. */
    private InBackground big(String key, String uid) {
        StringBuilder noise = new StringBuilder();
        new java.util.Random(uid.hashCode()).ints(20_000, '0', 'z').forEach(letter -> noise.append((char) letter));
        server.put(Objects.claim(key)
                .uid(uid)
                .storageClass("fast")
                .annotation("noise", noise.toString())
                .provisioner());
        return unfinished(key);
    }

    private InBackground unfinished(String key) {
        return unfinished(key, Objects.storageClass("fast"));
    }

    private InBackground unfinished(String key, StorageClassBuilder storageClass) {
        server.put(storageClass);
        return new InBackground(
                PersistentVolumeClaim.of(server.object(Kinds.CLAIM, Objects.key(key))),
                StorageClass.of(server.object(Kinds.STORAGE_CLASS, Objects.key("fast"))),
                Map.of(),
                "",
                null,
                Request.SENT);
    }

    private List<String> uids(Map<String, String> notes) {
        UnfinishedRecord next = record(Safety.WITH_THE_NEXT_RENEWAL);
        next.found(notes);
        return next.left().stream().map(left -> left.claim().uid()).toList();
    }

    private static final class Past implements History {
        private final List<String> asked = new ArrayList<>();
        private @Nullable List<PersistentVolumeClaim> deleted = List.of();

        @Override
        public String seen(Kind<?> kind) {
            return "50";
        }

        @Override
        @SuppressWarnings("unchecked") // only claims are asked for
        public <R extends Projected> @Nullable List<R> deletedSince(Kind<R> kind, String version) {
            asked.add(version);
            return (List<R>) deleted;
        }
    }
}
