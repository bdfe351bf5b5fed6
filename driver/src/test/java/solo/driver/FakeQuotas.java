package solo.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import solo.driver.mount.ProjectQuotas;

/** Projects and their limits on paper. A project that nobody has and nobody limits is free, as in the kernel. */
final class FakeQuotas implements ProjectQuotas {
    private final Map<Path, Long> projects = new TreeMap<>();
    private final Map<Long, Long> limits = new TreeMap<>();
    private Optional<String> absence = Optional.of("this fake filesystem has no project quota");

    void offer() {
        absence = Optional.empty();
    }

    /** By project. */
    Map<Long, Long> limits() {
        return limits;
    }

    @Override
    public Optional<String> absence(Path directory) {
        return absence;
    }

    @Override
    public void assign(Path directory, long project) throws IOException {
        refuseAbsent();
        projects.put(directory, project);
    }

    @Override
    public void limit(Path directory, long project, long bytes) throws IOException {
        refuseAbsent();
        if (bytes == 0) {
            limits.remove(project);
        } else {
            limits.put(project, bytes);
        }
    }

    @Override
    public boolean isTaken(Path directory, long project) {
        projects.keySet().removeIf(path -> !Files.exists(path));
        return limits.containsKey(project) || projects.containsValue(project);
    }

    @Override
    public long projectOf(Path directory) {
        return projects.getOrDefault(directory, 0L);
    }

    private void refuseAbsent() throws IOException {
        if (absence.isPresent()) {
            throw new IOException(absence.get());
        }
    }
}
