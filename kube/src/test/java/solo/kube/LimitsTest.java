package solo.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import solo.kube.AdaptiveLimit.Token;

class LimitsTest {

    private final FakeClock clock = new FakeClock();

    @Nested
    class Adaptive {

        private final AdaptiveLimit limit = new AdaptiveLimit(clock);

        @Test
        void quick_answers_raise_it_to_what_one_connection_carries() throws Exception {
            for (int i = 0; i < 20; i++) {
                round(limit.limit(), Duration.ofMillis(2));
            }
            assertThat(limit.limit()).isEqualTo(60);
        }

        @Test
        void an_idle_client_learns_nothing() throws Exception {
            int before = limit.limit();
            for (int i = 0; i < 100; i++) {
                round(1, Duration.ofMillis(2));
            }
            assertThat(limit.limit()).isEqualTo(before);
        }

        @Test
        void a_refusal_lowers_it_once_a_second_and_never_below_four() throws Exception {
            List<Token> tokens = take(20);
            tokens.forEach(token -> token.dropped(Duration.ZERO));
            assertThat(limit.limit()).isEqualTo(14);
            for (int i = 0; i < 20; i++) {
                clock.advance(Duration.ofSeconds(2));
                limit.acquire(false).dropped(Duration.ZERO);
            }
            assertThat(limit.limit()).isEqualTo(4);
        }

        @Test
        void answers_that_take_far_longer_than_they_can_lower_it_but_not_as_far() throws Exception {
            round(10, Duration.ofMillis(5));
            for (int i = 0; i < 20; i++) {
                round(10, Duration.ofSeconds(2));
            }
            assertThat(limit.limit()).isEqualTo(16);
        }

        @Test
        void what_the_caller_gave_up_says_nothing() throws Exception {
            List<Token> tokens = take(20);
            tokens.forEach(Token::ignored);
            assertThat(limit.limit()).isEqualTo(20);
            assertThat(limit.inFlight()).isZero();
        }

        @Test
        void the_last_places_are_for_the_urgent_who_also_go_first() throws Exception {
            List<Token> tokens = take(20);
            List<String> order = new CopyOnWriteArrayList<>();
            Thread normal = waiting(order, false);
            Token urgent = limit.acquire(true);
            List<Token> reserved = List.of(limit.acquire(true), limit.acquire(true), limit.acquire(true));
            Thread inHaste = waiting(order, true);

            urgent.ignored();
            await().until(() -> order.equals(List.of("urgent")));
            reserved.forEach(Token::ignored);
            tokens.forEach(Token::ignored);
            await().until(() -> order.equals(List.of("urgent", "normal")));
            normal.join();
            inHaste.join();
        }

        @Test
        void nobody_goes_before_the_time_the_server_asked_for() throws Exception {
            limit.acquire(false).dropped(Duration.ofMillis(300));
            List<String> order = new CopyOnWriteArrayList<>();
            Thread thread = waiting(order, true);
            assertThat(order).isEmpty();
            clock.advance(Duration.ofMillis(301));
            thread.join();
            assertThat(order).containsExactly("urgent");
        }

        private Thread waiting(List<String> order, boolean inHaste) {
            Thread thread = Thread.ofVirtual().start(() -> {
                try {
                    Token token = limit.acquire(inHaste);
                    order.add(inHaste ? "urgent" : "normal");
                    token.ignored();
                } catch (InterruptedException e) {
                    order.add("interrupted");
                }
            });
            await().until(() ->
                    thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
            return thread;
        }

        private List<Token> take(int count) throws InterruptedException {
            List<Token> tokens = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                tokens.add(limit.acquire(false));
            }
            return tokens;
        }

        private void round(int count, Duration took) throws InterruptedException {
            List<Token> tokens = take(count);
            clock.advance(took);
            tokens.forEach(Token::success);
        }
    }

    @Nested
    class Buckets {

        @Test
        void a_bucket_gives_its_burst_and_then_one_each_refill() {
            TokenBucket bucket = new TokenBucket(clock, 3, Duration.ofSeconds(10));
            assertThat(List.of(bucket.tryTake(), bucket.tryTake(), bucket.tryTake(), bucket.tryTake()))
                    .containsExactly(true, true, true, false);
            clock.advance(Duration.ofSeconds(10));
            assertThat(List.of(bucket.tryTake(), bucket.tryTake())).containsExactly(true, false);
            clock.advance(Duration.ofHours(1));
            assertThat(List.of(bucket.tryTake(), bucket.tryTake(), bucket.tryTake(), bucket.tryTake()))
                    .containsExactly(true, true, true, false);
        }

        @Test
        void reserving_tells_how_long_to_wait() {
            TokenBucket bucket = new TokenBucket(clock, 2, Duration.ofMillis(200));
            assertThat(List.of(bucket.reserve(), bucket.reserve(), bucket.reserve(), bucket.reserve()))
                    .containsExactly(Duration.ZERO, Duration.ZERO, Duration.ofMillis(200), Duration.ofMillis(400));
        }
    }
}
