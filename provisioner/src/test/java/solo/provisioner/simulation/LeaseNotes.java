package solo.provisioner.simulation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.History;
import solo.kube.Kind;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.Writes;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectMeta;
import solo.kube.model.Patch;
import solo.kube.model.Projected;
import solo.provisioner.Unfinished;
import solo.provisioner.UnfinishedRecord;
import solo.provisioner.UnfinishedRecord.Commit;
import solo.provisioner.UnfinishedRecord.Safety;
import solo.simulation.Objects;
import solo.simulation.SimulatedPorts;
import solo.simulation.World;

/**
 * The record of docs/decisions/005 as it is, on the Lease of a simulated world, for a driver that cannot list: every claim
 * is named before its CreateVolume. It is written through the API server, so requests fail, answers get lost and the
 * process dies before and after; the next one knows what the annotation says and nothing else.
 */
final class LeaseNotes {

    /** A Lease, of which only the holder's notes matter here. */
    private record Lease(ObjectMeta meta) implements Projected {
        static Lease of(Json object) {
            return new Lease(ObjectMeta.of(object, any -> true));
        }
    }

    private static final Kind<Lease> LEASE = new Kind<>(
            new Resource("coordination.k8s.io", "v1", "leases", "Lease", Scope.NAMESPACED), Lease::of, List.of());
    private static final ObjectKey KEY = new ObjectKey("kube-system", "model-csi-solo");
    private static final String HOLDER = "holder";
    private static final String NOTES = "unfinished";

    private final AtomicInteger holders = new AtomicInteger();
    private @Nullable World world;

    /** Puts the Lease into a new world. */
    void begin(World in) {
        world = in;
        in.server().put(Objects.of(LEASE, KEY.toString()).annotation(HOLDER, "").annotation(NOTES, ""));
    }

    /** A process takes the lease, whoever had it; from then on its predecessor cannot write notes any more. */
    Unfinished taken(SimulatedPorts ports) {
        String holder = "process-" + holders.incrementAndGet();
        if (world == null) {
            throw new IllegalStateException("no world yet");
        }
        world.server()
                .put(Objects.of(LEASE, KEY.toString())
                        .annotation(HOLDER, holder)
                        .annotation(NOTES, text()));
        Renewal renewal = new Renewal(holder, ports.writes());
        UnfinishedRecord record =
                new UnfinishedRecord(ports.cluster(), NO_HISTORY, renewal, Safety.BEFORE_CREATE_VOLUME);
        record.found(Map.of(UnfinishedRecord.UNFINISHED, text()));
        renewal.notes = record;
        return record;
    }

    private String text() {
        Json found = world == null ? null : world.server().find(LEASE, KEY);
        return found == null ? "" : found.at("metadata", "annotations", NOTES).text("");
    }

    private static final class Renewal implements Commit {
        private final String holder;
        private final Writes writes;
        private solo.kube.LeaseNotes notes = solo.kube.LeaseNotes.NONE;
        private boolean underWay;

        Renewal(String holder, Writes writes) {
            this.holder = holder;
            this.writes = writes;
        }

        /** One at a time, as the elector does it; here the second is refused, because nobody may wait for another. */
        @Override
        public void run() throws ApiException {
            if (underWay) {
                throw new ApiException(Failure.CONFLICT, "another renewal is under way");
            }
            underWay = true;
            try {
                String noted = notes.notes().getOrDefault(UnfinishedRecord.UNFINISHED, "");
                var _ = writes.patch(
                        LEASE,
                        KEY,
                        Patch.json(List.of(operation("test", HOLDER, holder), operation("replace", NOTES, noted))));
                notes.written();
            } finally {
                underWay = false;
            }
        }

        private static Map<String, ?> operation(String op, String annotation, String value) {
            return Map.of("op", op, "path", "/metadata/annotations/" + annotation, "value", value);
        }
    }

    /** Says that something was seen, but does not look back: nothing was asked for that has not been named. */
    private static final History NO_HISTORY = new History() {
        @Override
        public String seen(Kind<?> kind) {
            return "1";
        }

        @Override
        public <R extends Projected> List<R> deletedSince(Kind<R> kind, String version) {
            return List.of();
        }
    };
}
