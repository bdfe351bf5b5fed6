package solo.provisioner.simulation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.Kind;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.Writes;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectMeta;
import solo.kube.model.Patch;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Projected;
import solo.provisioner.Unfinished;
import solo.provisioner.model.ClaimHistory.InBackground;
import solo.simulation.Objects;
import solo.simulation.World;

/**
 * The record of docs/decisions/005 as far as a simulation needs it: one annotation of one Lease names the claims whose
 * CreateVolume has begun. It is written through the API server, so requests fail, answers get lost and the process dies
 * before and after; what the named claims looked like is kept beside it, instead of being put into words.
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

    private final Map<String, InBackground> claims = new TreeMap<>();
    private final AtomicInteger holders = new AtomicInteger();
    private @Nullable World world;

    /** Puts the Lease into a new world. */
    void begin(World in) {
        world = in;
        in.server().put(Objects.of(LEASE, KEY.toString()).annotation(HOLDER, "").annotation(NOTES, ""));
    }

    /** A process takes the lease, whoever had it; from then on its predecessor cannot write notes any more. */
    Unfinished taken(Writes writes) {
        String holder = "process-" + holders.incrementAndGet();
        if (world == null) {
            throw new IllegalStateException("no world yet");
        }
        world.server()
                .put(Objects.of(LEASE, KEY.toString())
                        .annotation(HOLDER, holder)
                        .annotation(NOTES, text()));
        return new Notes(holder, writes);
    }

    private String text() {
        Json found = world == null ? null : world.server().find(LEASE, KEY);
        return found == null ? "" : found.at("metadata", "annotations", NOTES).text("");
    }

    private List<String> written() {
        String text = text();
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    private final class Notes implements Unfinished {
        private final String holder;
        private final Writes writes;
        private final TreeSet<String> mine = new TreeSet<>(written());
        /** By the last write, which may still be under way. */
        private Set<String> composed = Set.copyOf(mine);

        Notes(String holder, Writes writes) {
            this.holder = holder;
            this.writes = writes;
        }

        @Override
        public void begun(InBackground claim) {
            String uid = claim.claim().uid();
            claims.put(uid, claim);
            mine.add(uid);
        }

        @Override
        public void awaitSafe(PersistentVolumeClaim claim) throws ApiException {
            if (!written().contains(claim.uid()) || !composed.contains(claim.uid())) {
                write();
            }
        }

        /** Refused if another note came in between, or another holder: a note that overwrites another one loses it. */
        private void write() throws ApiException {
            composed = Set.copyOf(mine);
            var _ = writes.patch(
                    LEASE,
                    KEY,
                    Patch.json(List.of(
                            operation("test", HOLDER, holder),
                            operation("test", NOTES, text()),
                            operation("replace", NOTES, String.join(" ", mine)))));
        }

        private static Map<String, ?> operation(String op, String annotation, String value) {
            return Map.of("op", op, "path", "/metadata/annotations/" + annotation, "value", value);
        }

        /** Costs nothing: goes along with the next note. */
        @Override
        public void ended(String claimUid) {
            mine.remove(claimUid);
        }

        @Override
        public void settled(String claimUid) throws ApiException {
            mine.remove(claimUid);
            if (written().contains(claimUid)) {
                write();
            }
        }

        @Override
        public List<InBackground> left() {
            return mine.stream().map(claims::get).toList();
        }
    }
}
