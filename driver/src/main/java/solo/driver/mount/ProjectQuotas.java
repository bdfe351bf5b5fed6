package solo.driver.mount;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import solo.driver.linux.LinuxException;
import solo.driver.linux.ProjectQuota;

/** Limits of whole directories; tests without such a filesystem put some of their own in their place. */
public interface ProjectQuotas {
    /** Why the filesystem at this directory cannot limit directories, as a sentence; empty when it can. */
    Optional<String> absence(Path directory) throws IOException;

    /** The directory belongs to this project, and so will be everything that is made in it. */
    void assign(Path directory, long project) throws IOException;

    /** The most bytes that the project may have in the filesystem at this directory; 0 for no limit. */
    void limit(Path directory, long project, long bytes) throws IOException;

    /** True when something belongs to the project, or a limit is set for it. */
    boolean isTaken(Path directory, long project) throws IOException;

    /** 0 for none. */
    long projectOf(Path directory) throws IOException;

    /** Those of the machine. Needs root. */
    static ProjectQuotas ofThisMachine() {
        return new ProjectQuotas() {
            @Override
            public Optional<String> absence(Path directory) throws IOException {
                String why;
                try {
                    if (ProjectQuota.limits(directory)) {
                        return Optional.empty();
                    }
                    why = "it is not mounted with prjquota";
                } catch (LinuxException refusal) {
                    why = refusal.errno().toString();
                }
                return Optional.of("the filesystem at " + directory + " has no project quota (" + why
                        + "); xfs has it when mounted with prjquota, ext4 when made with -O project,quota too");
            }

            @Override
            public void assign(Path directory, long project) throws IOException {
                ProjectQuota.assign(directory, project);
            }

            @Override
            public void limit(Path directory, long project, long bytes) throws IOException {
                ProjectQuota.limit(directory, project, bytes);
            }

            @Override
            public boolean isTaken(Path directory, long project) throws IOException {
                var use = ProjectQuota.use(directory, project);
                return use.bytes() > 0 || use.inodes() > 0 || use.limitBytes() > 0;
            }

            @Override
            public long projectOf(Path directory) throws IOException {
                return ProjectQuota.projectOf(directory);
            }
        };
    }
}
