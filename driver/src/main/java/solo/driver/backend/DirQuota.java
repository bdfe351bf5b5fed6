package solo.driver.backend;

import static org.slf4j.LoggerFactory.getLogger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import solo.driver.mount.ProjectQuotas;
import solo.driver.state.VolumeSpec;

/**
 * What makes the size of a directory a limit: a project quota of its own, where the filesystem has them. A project of 0
 * is none, as of volumes that were made before the filesystem had quotas.
 *
 * @param absence why there is none here, as a sentence
 */
record DirQuota(Path pool, ProjectQuotas quotas, Optional<String> absence) {
    private static final Logger log = getLogger(DirQuota.class);

    /** The StorageClass parameter. */
    static final String PARAMETER = "quota";

    private static final String REQUIRED = "required";
    private static final String AUTO = "auto";

    // Away from the small numbers that administrators choose, and from those of container runtimes.
    private static final long FIRST_PROJECT = 1_400_000_000;
    private static final int PROJECTS = 100_000_000;

    static DirQuota of(Path pool, ProjectQuotas quotas) throws IOException {
        Optional<String> absence = quotas.absence(pool);
        if (absence.isPresent()) {
            log.info("event=NoQuota backend=dir reason=\"{}; sizes are promises, not limits\"", absence.get());
        } else {
            log.info("event=Quota backend=dir directory={}", pool);
        }
        return new DirQuota(pool, quotas, absence);
    }

    /** Why a volume cannot be as its class says, as a sentence. */
    Optional<String> refusal(VolumeSpec spec) {
        String wanted = spec.parameters().getOrDefault(PARAMETER, AUTO);
        return switch (wanted) {
            case AUTO -> Optional.empty();
            case REQUIRED -> absence.map(why -> "the StorageClass says quota: required, and " + why);
            default -> Optional.of("parameter quota in the StorageClass is auto or required, not \"" + wanted + "\"");
        };
    }

    boolean offered() {
        return absence.isEmpty();
    }

    /** One that is neither among these nor known to the filesystem; the same id is likely to get the same again. */
    long choose(String id, Set<Long> others) throws IOException {
        int start = Math.floorMod(id.hashCode(), PROJECTS);
        for (int i = 0; i < PROJECTS; i++) {
            long project = FIRST_PROJECT + (start + i) % PROJECTS;
            if (!others.contains(project) && !quotas.isTaken(pool, project)) {
                return project;
            }
        }
        throw new IOException("no project is left for " + id);
    }

    void assign(Path directory, long project) throws IOException {
        if (project != 0 && offered() && quotas.projectOf(directory) != project) {
            quotas.assign(directory, project);
        }
    }

    void limit(long project, long bytes) throws IOException {
        if (project != 0 && offered()) {
            quotas.limit(pool, project, bytes);
        }
    }
}
