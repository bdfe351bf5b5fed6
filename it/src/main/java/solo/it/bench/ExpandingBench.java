package solo.it.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import solo.it.bench.Burst.Call;

/** Many claims that want more at once; none is in use. */
final class ExpandingBench {

    private static final String HAS_IT = "\"capacity\":{\"storage\":\"2Mi\"}";
    private static final String NODE_IS_NEXT = "NodeResizePending";

    private final KubernetesClient client;
    private final Consumer<String> say;

    ExpandingBench(KubernetesClient client, Consumer<String> say) {
        this.client = client;
        this.say = say;
    }

    void run(int count) throws InterruptedException {
        try (BenchVolumes made = BenchVolumes.make(client, count)) {
            RequestCounters before = RequestCounters.read(client);
            try (var grown = new Milestone(
                    client, made.claims(), count, line -> line.contains(HAS_IT) || line.contains(NODE_IS_NEXT))) {
                long start = System.nanoTime();
                Burst.send(
                        client,
                        IntStream.range(0, count)
                                .mapToObj(i -> Call.merge(
                                        made.claims() + "/claim-" + i,
                                        "{\"spec\": {\"resources\": {\"requests\": {\"storage\": \"2Mi\"}}}}"))
                                .toList());
                say.accept(Burst.rate("claims asked for more", count, start, System.nanoTime()));
                say.accept(Burst.rate("claims expanded", count, start, grown.await()));
            }
            say.accept("API requests per expansion (everybody's, this command's too):");
            before.sayWhatFollowed(client, count, say);
        }
    }
}
