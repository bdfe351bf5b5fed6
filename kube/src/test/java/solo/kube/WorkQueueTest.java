package solo.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import solo.kube.WorkQueue.Finished;
import solo.kube.WorkQueue.Item;
import solo.kube.model.Actor;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Reason;
import solo.kube.model.Retry;

class WorkQueueTest {

    private static final ObjectKey A = Widget.key("a");
    private static final ObjectKey B = Widget.key("b");

    private final FakeClock clock = new FakeClock();
    private final Controller claims = controller("claims", 2);
    private final Controller volumes = controller("volumes", 1);
    private final Controller slow = new Controller(
            "slow", key -> Outcome.done(), 3, new Backoff(Duration.ofMinutes(5), Duration.ofMinutes(5)), List.of());
    private final WorkQueue queue = new WorkQueue(clock, List.of(claims, volumes, slow));

    @Test
    void a_key_that_is_offered_twice_runs_once() {
        queue.offer(claims, A);
        queue.offer(claims, A);
        assertThat(next().key()).isEqualTo(A);
        assertThat(queue.poll()).isNull();
    }

    @Test
    void keys_of_one_lane_run_in_the_order_in_which_they_were_offered() {
        queue.offer(claims, B);
        queue.offer(claims, A);
        assertThat(List.of(next().key(), next().key())).containsExactly(B, A);
    }

    @Test
    void a_key_never_runs_twice_at_once() {
        queue.offer(claims, A);
        next();
        queue.offer(claims, A);
        assertThat(queue.poll()).isNull();
    }

    @Test
    void changes_during_a_run_queue_exactly_one_more() {
        queue.offer(claims, A);
        Item item = next();
        queue.offer(claims, A);
        queue.offer(claims, A);
        assertThat(queue.finished(item, Outcome.done()).next()).isEqualTo(Duration.ZERO);
        queue.finished(next(), Outcome.done());
        assertThat(queue.poll()).isNull();
    }

    @Test
    void a_lane_runs_no_more_keys_at_once_than_it_has_workers() {
        offer(claims, 3);
        Item first = next();
        next();
        assertThat(queue.poll()).isNull();
        queue.finished(first, Outcome.done());
        assertThat(next().key()).isEqualTo(Widget.key("2"));
    }

    @Test
    void lanes_are_served_in_turn_however_long_they_are() {
        offer(claims, 1000);
        queue.offer(volumes, A);
        assertThat(next().controller()).isEqualTo(claims);
        assertThat(next().controller()).isEqualTo(volumes);
    }

    @Test
    void a_failing_key_backs_off_doubling_up_to_the_most() {
        queue.offer(claims, A);
        for (int seconds : List.of(1, 2, 4, 8, 10, 10)) {
            assertThat(queue.finished(next(), failing()).next()).isEqualTo(Duration.ofSeconds(seconds));
            assertThat(queue.nextDue()).isEqualTo(Duration.ofSeconds(seconds));
            clock.advance(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(queue.poll()).isNull();
            clock.advance(Duration.ofNanos(1));
        }
    }

    @Test
    void a_change_goes_before_the_backoff_and_does_not_forget_it() {
        queue.offer(claims, A);
        queue.finished(next(), failing());
        queue.finished(due(), failing());
        queue.offer(claims, A);
        assertThat(queue.finished(next(), failing()).next()).isEqualTo(Duration.ofSeconds(4));
        assertThat(queue.poll())
                .as("the delay that the change went before is gone")
                .isNull();
    }

    @Test
    void what_went_well_starts_its_backoff_anew() {
        for (Outcome well : List.of(Outcome.done(), Outcome.again(Duration.ofHours(1)))) {
            queue.offer(claims, A);
            queue.finished(next(), failing());
            queue.offer(claims, A);
            queue.finished(next(), well);
            queue.offer(claims, A);
            assertThat(queue.finished(next(), failing()).next()).isEqualTo(Duration.ofSeconds(1));
            queue.clear();
        }
    }

    @Test
    void waiting_for_a_fixed_time_or_a_change_leaves_the_backoff_as_it_is() {
        queue.offer(claims, A);
        queue.finished(next(), failing());
        queue.offer(claims, A);
        queue.finished(next(), waiting(Retry.after(Duration.ofMinutes(5))));
        queue.offer(claims, A);
        assertThat(queue.finished(next(), waiting(Retry.onChange())).next()).isNull();
        assertThat(queue.nextDue()).isNull();
        queue.offer(claims, A);
        assertThat(queue.finished(next(), failing()).next()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void as_soon_as_the_driver_answers_one_key_all_that_wait_for_it_run() {
        List<ObjectKey> keys = refuseThree();
        clock.advance(DriverTrials.PAUSE);

        Item trial = next();

        assertThat(trial.key()).as("the one whose attempt is longest ago").isEqualTo(keys.getFirst());
        assertThat(queue.poll()).as("one is enough").isNull();
        queue.finished(trial, Outcome.done());
        assertThat(List.of(next().key(), next().key())).containsExactly(keys.get(1), keys.get(2));
    }

    @Test
    void while_the_driver_answers_nobody_one_key_is_tried_at_a_time_in_turn() {
        List<ObjectKey> keys = refuseThree();

        for (ObjectKey key : List.of(keys.get(0), keys.get(1), keys.get(2), keys.get(0))) {
            assertThat(queue.nextDue()).isEqualTo(DriverTrials.PAUSE);
            clock.advance(DriverTrials.PAUSE);
            Item trial = next();
            assertThat(trial.key()).isEqualTo(key);
            assertThat(queue.poll()).isNull();
            queue.finished(trial, refused());
        }
    }

    @Test
    void a_driver_that_answers_now_and_then_does_not_end_every_backoff() {
        refuseThree();
        clock.advance(DriverTrials.PAUSE);
        queue.finished(next(), Outcome.done());
        queue.finished(next(), Outcome.done());
        queue.finished(next(), refused());

        assertThat(queue.poll()).as("all ran a moment ago").isNull();
        assertThat(queue.nextDue()).isEqualTo(DriverTrials.PAUSE);
    }

    @Test
    void who_waits_for_something_else_is_not_woken_by_the_driver() {
        refuseThree();
        queue.offer(slow, Widget.key("z"));
        queue.finished(next(), failing());
        clock.advance(DriverTrials.PAUSE);
        queue.finished(next(), Outcome.done());
        next();
        next();

        assertThat(queue.poll()).isNull();
    }

    /** Three keys with a backoff of five minutes, for which the driver has just had no answer. */
    private List<ObjectKey> refuseThree() {
        List<ObjectKey> keys = List.of(A, B, Widget.key("c"));
        keys.forEach(key -> {
            queue.offer(slow, key);
            queue.finished(next(), refused());
        });
        return keys;
    }

    @Test
    void again_runs_after_its_time() {
        queue.offer(claims, A);
        Finished finished = queue.finished(next(), Outcome.again(Duration.ofSeconds(30)));
        assertThat(finished.next()).isEqualTo(Duration.ofSeconds(30));
        clock.advance(Duration.ofSeconds(30));
        assertThat(next().key()).isEqualTo(A);
    }

    @Test
    void a_key_that_is_forgotten_neither_comes_back_nor_remembers_its_failures() {
        queue.offer(claims, A);
        queue.finished(next(), failing());
        queue.forget(claims, A);
        assertThat(queue.nextDue()).isNull();
        queue.offer(claims, A);
        assertThat(queue.finished(next(), failing()).next()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_reconcile_that_threw_backs_off() {
        queue.offer(claims, A);
        assertThat(queue.failed(next()).next()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_hanging_key_gives_up_its_worker_but_stays_taken() {
        queue.offer(volumes, A);
        Item hanging = next();
        queue.offer(volumes, A);
        queue.offer(volumes, B);
        assertThat(queue.poll()).isNull();
        queue.abandon(hanging);
        assertThat(next().key()).isEqualTo(B);
        queue.finished(hanging, Outcome.done());
        assertThat(queue.poll()).as("the only worker is busy with B").isNull();
    }

    @Test
    void a_cleared_queue_is_empty_but_what_runs_may_come_back() {
        offer(claims, 3);
        Item item = next();
        queue.clear();
        assertThat(queue.poll()).isNull();
        queue.finished(item, Outcome.done());
        assertThat(queue.poll()).isNull();
    }

    @Test
    void a_full_lane_has_nothing_due() {
        queue.offer(volumes, A);
        queue.finished(next(), failing());
        queue.offer(volumes, B);
        next();
        assertThat(queue.nextDue()).isNull();
    }

    @Test
    void an_item_comes_back_once_only() {
        queue.offer(claims, A);
        Item item = next();
        queue.finished(item, Outcome.done());
        assertThatThrownBy(() -> queue.finished(item, Outcome.done())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_numbers_are_those_of_client_go() {
        offer(claims, 3);
        clock.advance(Duration.ofSeconds(3));
        Item item = next();
        assertThat(item.queued()).isEqualTo(Duration.ofSeconds(3));
        clock.advance(Duration.ofSeconds(2));
        assertThat(queue.numbers(claims).running())
                .extracting(WorkQueue.Running::since)
                .containsExactly(Duration.ofSeconds(2));
        assertThat(queue.finished(item, failing()).worked()).isEqualTo(Duration.ofSeconds(2));

        WorkQueue.Numbers numbers = queue.numbers(claims);
        assertThat(numbers.depth()).isEqualTo(2);
        assertThat(numbers.delayed()).isEqualTo(1);
        assertThat(numbers.adds()).isEqualTo(3);
        assertThat(numbers.retries()).isEqualTo(1);
        due();
        assertThat(queue.numbers(claims).adds())
                .as("a key that is due is added again")
                .isEqualTo(4);
    }

    private Item next() {
        return Objects.requireNonNull(queue.poll(), "nothing may run now");
    }

    /** Lets time pass until something delayed is due. */
    private Item due() {
        clock.advance(Objects.requireNonNull(queue.nextDue()));
        return next();
    }

    private void offer(Controller controller, int keys) {
        IntStream.range(0, keys).forEach(i -> queue.offer(controller, Widget.key("" + i)));
    }

    private static Outcome failing() {
        return waiting(Retry.backoff());
    }

    private static Outcome refused() {
        return Outcome.waiting(new Refused(), Retry.backoff(), null);
    }

    private static Outcome waiting(Retry retry) {
        return Outcome.waiting(new Missing("a class"), retry, null);
    }

    private static Controller controller(String name, int workers) {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));
        return new Controller(name, key -> Outcome.done(), workers, backoff, List.of());
    }

    private record Refused() implements Reason {
        @Override
        public String message() {
            return "the driver does not answer";
        }

        @Override
        public Actor actor() {
            return Actor.DRIVER;
        }
    }
}
