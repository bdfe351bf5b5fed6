package solo.kube.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import solo.kube.ApiException;
import solo.kube.FakeClock;
import solo.kube.LeaseNotes;
import solo.kube.fabric8.LeaseOptions.Timing;

class LeaseElectionTest {

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final FakeClock clock = new FakeClock();
    private final FakeLease lease = new FakeLease();
    private final LeaseElection one = election("one");
    private final LeaseElection two = election("two");

    @Test
    void the_first_creates_the_lease_and_leads() {
        assertThat(one.leading()).isFalse();
        assertThat(one.step()).isEqualTo(RETRY);
        assertThat(one.leading()).isTrue();
        assertThat(lease.lease().at("spec", "holderIdentity").text()).isEqualTo("one");
        assertThat(lease.lease().at("spec", "leaseDurationSeconds").number()).isEqualTo(15);
        assertThat(lease.lease().at("spec", "renewTime").text()).matches("....-..-..T..:..:..\\.\\d{6}Z");
        assertThat(lease.lease().at("metadata", "labels").textMap()).containsEntry("app", "solo");
    }

    @Test
    void the_second_waits() {
        one.step();
        two.step();
        assertThat(two.leading()).isFalse();
        assertThat(lease.holder()).isEqualTo("one");
    }

    @Test
    void a_renewal_is_one_request() {
        one.step();
        lease.methods();
        clock.advance(RETRY);
        one.step();
        assertThat(lease.methods()).containsExactly("PUT");
        clock.advance(DEADLINE.minusSeconds(1));
        assertThat(one.leading()).isTrue();
    }

    @Test
    void who_cannot_renew_leads_until_the_deadline_and_not_a_moment_longer() {
        List<Boolean> heard = new ArrayList<>();
        one.step();
        one.onChange(() -> heard.add(one.leading()));
        lease.reachable(false);
        clock.advance(DEADLINE.minusNanos(1));
        one.step();
        assertThat(one.leading()).isTrue();
        clock.advance(Duration.ofNanos(1));
        assertThat(one.leading())
                .as("by the clock alone, before anybody noticed")
                .isFalse();
        assertThat(heard).isEmpty();
        one.step();
        assertThat(heard).containsExactly(false);
    }

    @Test
    void who_lost_the_lease_may_win_it_again() {
        one.step();
        lease.reachable(false);
        clock.advance(DEADLINE);
        one.step();
        lease.reachable(true);
        one.step();
        assertThat(one.leading()).isTrue();
    }

    @Test
    void a_lease_is_taken_only_after_it_has_not_changed_for_its_duration_on_our_own_clock() {
        one.step();
        clock.advance(Duration.ofHours(1));
        two.step();
        assertThat(two.leading()).as("old by its own renewTime, but just seen").isFalse();
        clock.advance(LEASE.minusNanos(1));
        two.step();
        assertThat(two.leading()).isFalse();
        clock.advance(Duration.ofNanos(1));
        two.step();
        assertThat(two.leading()).isTrue();
        assertThat(lease.lease().at("spec", "leaseTransitions").number()).isEqualTo(1);
    }

    @Test
    void two_never_lead_at_once() {
        one.step();
        two.step();
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofMillis(700));
            lease.reachable(i % 30 < 5);
            one.step();
            lease.reachable(i % 30 >= 3);
            two.step();
            assertThat(one.leading() && two.leading()).isFalse();
        }
        assertThat(lease.lease().at("spec", "leaseTransitions").number())
                .as("it changed hands")
                .isPositive();
    }

    @Test
    void a_released_lease_is_taken_as_soon_as_the_watch_tells() throws Exception {
        one.step();
        two.heard(lease.event());
        assertThat(two.step()).as("nobody polls while the watch tells").isEqualTo(LEASE);
        lease.methods();
        one.stop(true);
        assertThat(one.leading()).isFalse();
        assertThat(lease.holder()).isEmpty();
        lease.methods();
        two.heard(lease.event());
        two.step();
        assertThat(two.leading()).isTrue();
        assertThat(lease.methods()).containsExactly("PUT");
    }

    @Test
    void a_lease_that_is_not_released_has_to_expire() throws Exception {
        one.step();
        one.stop(false);
        assertThat(lease.holder()).isEqualTo("one");
        assertThat(one.leading()).isFalse();
    }

    @Test
    void a_watch_that_sleeps_does_not_let_a_candidate_take_a_living_lease() {
        one.step();
        two.heard(lease.event());
        for (int i = 0; i < 4; i++) {
            clock.advance(RETRY);
            one.step();
            two.step();
        }
        assertThat(two.leading()).isFalse();
        assertThat(one.leading()).isTrue();
    }

    @Test
    void who_hears_that_another_holds_the_lease_stands_down() {
        one.step();
        lease.remove();
        two.step();
        one.heard(lease.event());
        one.step();
        assertThat(one.leading()).isFalse();
        assertThat(two.leading()).isTrue();
    }

    @Test
    void a_lease_deleted_under_its_holder_is_made_again() {
        one.step();
        lease.remove();
        clock.advance(RETRY);
        one.step();
        assertThat(one.leading()).isTrue();
        assertThat(lease.holder()).isEqualTo("one");
    }

    @Test
    void an_old_word_of_the_watch_is_not_believed() {
        one.step();
        two.heard(lease.event());
        var old = lease.event();
        clock.advance(RETRY);
        one.step();
        one.heard(old);
        clock.advance(RETRY);
        one.step();
        assertThat(lease.methods()).containsExactly("GET", "POST", "PUT", "PUT");
    }

    @Test
    void the_same_identity_goes_on_with_its_own_lease_at_once() {
        one.step();
        LeaseElection restarted = election("one");
        restarted.step();
        assertThat(restarted.leading()).isTrue();
    }

    @Test
    void every_renewal_carries_the_notes_of_that_moment() {
        Notes notes = carriedBy(one);
        one.step();
        notes.now = "a";
        clock.advance(RETRY);
        one.step();
        assertThat(noted()).isEqualTo("a");
        assertThat(notes.written).isEqualTo(1);
        notes.now = "b";
        clock.advance(RETRY);
        one.step();
        assertThat(noted()).isEqualTo("b");
    }

    @Test
    void who_takes_the_lease_finds_what_the_other_noted_before_anybody_hears_that_it_leads() {
        Notes notes = carriedBy(one);
        Notes others = carriedBy(two);
        notes.now = "unfinished";
        one.step();
        clock.advance(RETRY);
        one.step();
        two.step();
        two.onChange(() -> assertThat(others.found).containsExactly("unfinished"));
        clock.advance(LEASE);
        two.step();
        assertThat(two.leading()).isTrue();
        assertThat(others.found).containsExactly("unfinished");
        assertThat(noted()).as("still there until there is something else").isEqualTo("unfinished");
    }

    @Test
    void a_container_restarted_under_the_same_identity_finds_its_own_notes() {
        carriedBy(one).now = "unfinished";
        one.step();
        clock.advance(RETRY);
        one.step();
        LeaseElection restarted = election("one");
        Notes notes = carriedBy(restarted);
        restarted.step();
        assertThat(notes.found).containsExactly("unfinished");
    }

    @Test
    void a_lease_deleted_under_its_holder_gets_its_notes_again() {
        Notes notes = carriedBy(one);
        one.step();
        notes.now = "unfinished";
        lease.remove();
        clock.advance(RETRY);
        one.step();
        assertThat(noted()).isEqualTo("unfinished");
        assertThat(notes.found).as("nobody else had it").containsExactly("");
    }

    @Test
    void a_released_lease_carries_the_last_notes() throws Exception {
        Notes notes = carriedBy(one);
        one.step();
        notes.now = "last";
        one.stop(true);
        assertThat(lease.holder()).isEmpty();
        assertThat(noted()).isEqualTo("last");
    }

    @Test
    void all_who_wait_for_a_commit_share_one_write() throws Exception {
        carriedBy(one).now = "safe";
        one.start();
        awaitTrue(one::leading);
        lease.methods();
        lease.hold();
        List<Thread> waiting = new ArrayList<>();
        AtomicInteger safe = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            waiting.add(Thread.ofVirtual().start(() -> {
                try {
                    one.commit();
                    safe.incrementAndGet();
                } catch (ApiException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        awaitTrue(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        assertThat(safe).hasValue(0);
        lease.letGo();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(safe).hasValue(20);
        assertThat(lease.methods()).as("one under way, one for the others").hasSizeLessThanOrEqualTo(2);
        assertThat(noted()).isEqualTo("safe");
        one.stop(true);
    }

    @Test
    void a_commit_that_cannot_be_written_says_so() throws Exception {
        carriedBy(one);
        one.start();
        awaitTrue(one::leading);
        lease.reachable(false);
        assertThatThrownBy(one::commit).isInstanceOf(ApiException.class).hasMessage("no route to host");
        lease.reachable(true);
        one.stop(false);
    }

    private static Notes carriedBy(LeaseElection election) {
        Notes notes = new Notes();
        election.carry(notes);
        return notes;
    }

    private String noted() {
        return lease.lease().at("metadata", "annotations", "note").text("");
    }

    private static void awaitTrue(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }

    private static final class Notes implements LeaseNotes {
        private final List<String> found = new ArrayList<>();
        private volatile String now = "";
        private int written;

        @Override
        public Map<String, String> notes() {
            return Map.of("note", now);
        }

        @Override
        public void written() {
            written++;
        }

        @Override
        public void found(Map<String, String> annotations) {
            found.add(annotations.getOrDefault("note", ""));
        }
    }

    @Test
    void names_are_cleaned_as_the_go_sidecars_do() {
        assertThat(LeaseNames.sanitize("hostpath.csi.k8s.io")).isEqualTo("hostpath-csi-k8s-io");
        assertThat(LeaseNames.sanitize("external-attacher-leader-ebs.csi.aws.com."))
                .isEqualTo("external-attacher-leader-ebs-csi-aws-com-X");
    }

    @Test
    void two_processes_of_one_host_have_two_identities_but_a_pod_keeps_its_own() {
        assertThat(LeaseNames.identity(Map.of(), "laptop")).isNotEqualTo(LeaseNames.identity(Map.of(), "laptop"));
        Map<String, String> pod = Map.of("POD_NAME", "solo-0", "POD_UID", "0a1b2c3d-4444");
        assertThat(LeaseNames.identity(pod, "solo-0")).isEqualTo("solo-0-0a1b2c3d");
    }

    @Test
    void durations_that_cannot_work_are_refused() {
        assertThatThrownBy(() -> new Timing(DEADLINE, DEADLINE, RETRY)).hasMessageContaining("lease duration");
        assertThatThrownBy(() -> new Timing(LEASE, RETRY, RETRY)).hasMessageContaining("retry period");
    }

    private LeaseElection election(String identity) {
        LeaseOptions options = new LeaseOptions("kube-system", "solo", identity, Map.of("app", "solo"), Timing.DEFAULT);
        return new LeaseElection(lease, clock, options, new PrometheusRegistry());
    }
}
