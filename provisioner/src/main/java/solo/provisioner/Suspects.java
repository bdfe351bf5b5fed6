package solo.provisioner;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.csi.CsiException;
import solo.csi.model.DriverError;
import solo.kube.Backoff;
import solo.kube.Controller;
import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.Trigger;
import solo.kube.model.Actor;
import solo.kube.model.CsiSource;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Reason;
import solo.kube.model.Retry;
import solo.provisioner.model.SuspectsView;
import solo.provisioner.model.Suspicion;
import solo.provisioner.rules.SuspectVolumes;

/**
 * Tells of volumes that the driver lists and nothing in the cluster explains: a crash may have left them, or another
 * cluster on the same backend owns them. Nobody can know, so they are told and never touched (docs/decisions/005).
 */
final class Suspects implements Reconciler {

    private static final Logger log = LoggerFactory.getLogger(Suspects.class);

    /** There is one list, so there is one key. */
    static final ObjectKey KEY = ObjectKey.cluster("suspects");

    /** A list may be long: it is asked for rarely, as nothing comes of it that is urgent. */
    static final Duration PAUSE = Duration.ofHours(1);

    /** Until what was found for the first time, or could not be told, is looked at again. */
    static final Duration SOON = Duration.ofMinutes(5);

    private static final Suspicion NOTHING = new Suspicion(Set.of(), Set.of(), 0);

    /** In the log line; the gauge has the number. */
    private static final int EXAMPLES = 5;

    /** The driver does not list its volumes. */
    private record NotListed(DriverError error) implements Reason {
        @Override
        public String message() {
            return "the driver does not list its volumes: " + error.goText();
        }

        @Override
        public Actor actor() {
            return Actor.DRIVER;
        }
    }

    private final Ports ports;
    private final String driver;
    private final ClaimMemory memory;
    private final Gauge gauge;
    private Set<String> unexplained = Set.of();
    private Suspicion told = NOTHING;
    private @Nullable Long due;
    /** Leadership has come or gone since the last look; set by the elector, which must not wait for a look. */
    private volatile boolean anew;

    Suspects(Ports ports, String driver, ClaimMemory memory, PrometheusRegistry registry) {
        this.ports = ports;
        this.driver = driver;
        this.memory = memory;
        this.gauge = Gauge.builder()
                .name("solo_suspect_volumes")
                .help("Volumes that the driver lists and no PersistentVolume or claim explains; nothing deletes them.")
                .register(registry);
        ports.leadership().onChange(() -> {
            anew = true;
            gauge.set(0);
        });
    }

    /** A class of the driver is where its volumes come from: without one there is nothing to look for. */
    Controller controller(Backoff backoff) {
        return new Controller(
                KEY.name(),
                this,
                1,
                backoff,
                List.of(new Trigger<>(
                        Kinds.STORAGE_CLASS,
                        change -> change.after() != null
                                        && change.after().provisioner().equals(driver)
                                ? List.of(KEY)
                                : List.of())));
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        if (anew) {
            anew = false;
            unexplained = Set.of();
            told = NOTHING;
            due = null;
        }
        long now = ports.clock().nanos();
        if (due != null && due - now > 0) {
            return Outcome.again(Duration.ofNanos(due - now));
        }
        try {
            Duration pause = look();
            due = now + pause.toNanos();
            return Outcome.again(pause);
        } catch (CsiException refused) {
            due = now + PAUSE.toNanos();
            return Outcome.waiting(new NotListed(refused.error()), Retry.after(PAUSE), null);
        }
    }

    /** How long until the next look. */
    private Duration look() throws CsiException {
        Set<String> named = new HashSet<>(named());
        Set<String> listed = ports.driver().list();
        // In this order: what is saved meanwhile leaves the memory after its PersistentVolume is there.
        ClaimMemory.Coming coming = memory.coming();
        named.addAll(named());
        Suspicion found =
                SuspectVolumes.of(new SuspectsView(listed, named, coming.handles(), coming.open(), unexplained));
        tell(found);
        unexplained = found.unexplained();
        boolean allTold = found.suspects() == found.unexplained().size();
        return allTold ? PAUSE : SOON;
    }

    private void tell(Suspicion found) {
        gauge.set(found.suspects());
        if (found.suspects() > 0 && !found.equals(told)) {
            log.warn(
                    "driver={} lists {} volumes that no PersistentVolume names, {}such as {}: left by a crash, or another"
                            + " cluster's; nothing is done about them",
                    driver,
                    found.twice().size(),
                    found.suspects() == found.twice().size()
                            ? ""
                            : "of which at least " + found.suspects() + " belong to no claim either, ",
                    found.twice().stream().sorted().limit(EXAMPLES).toList());
        }
        told = found;
    }

    private Set<String> named() {
        return ports.cluster().store(Kinds.VOLUME).all().stream()
                .flatMap(volume -> Stream.ofNullable(volume.csi()))
                .filter(csi -> csi.driver().equals(driver))
                .map(CsiSource::volumeHandle)
                .collect(Collectors.toSet());
    }
}
