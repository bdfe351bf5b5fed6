package solo.it.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import solo.it.cluster.ClusterException;
import solo.it.cluster.Command;

/**
 * apt, asked for packages and never for installing them. For another processor or another release of Debian it gets
 * lists of its own, so that this machine's stay as they are; where packages come from is this machine's to say.
 */
final class Apt {

    /** A line of {@code apt-get --print-uris}: the file's name after the address, and in it the package's. */
    private static final Pattern CANDIDATE = Pattern.compile("'[^']+' ((\\S+?)_\\S+\\.deb) .*");

    /** Debian's own, of the package debian-archive-keyring; without it those that apt trusts anyway. */
    private static final Path KEYS = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");

    private final List<String> options;
    private final Path cache;

    /** @param cache keeps what was downloaded */
    private Apt(List<String> options, Path cache) {
        this.options = options;
        this.cache = cache;
    }

    /** For what runs here this machine's own; for another processor one with lists of its own. */
    static Apt of(Platform platform, Path cache) throws IOException {
        return platform.isHere() ? new Apt(List.of(), cache) : new Apt(own(platform, "own", cache), cache);
    }

    /** The same archives' packages of another release, such as one that is new enough for a Java. */
    Apt ofRelease(String release, Platform platform) throws IOException {
        List<String> sources = new ArrayList<>();
        update();
        List<String> argv = new ArrayList<>(List.of("apt-get", "indextargets"));
        argv.addAll(options);
        argv.addAll(List.of("--format", "$(SITE) $(RELEASE) $(COMPONENT)", "Created-By: Packages", "Origin: Debian"));
        Set<String> targets = new TreeSet<>(
                new Command("asking where apt gets its packages", argv, Path.of("/"), Map.of("LC_ALL", "C"))
                        .output()
                        .lines()
                        .toList());
        String key = Files.exists(KEYS) ? " signed-by=" + KEYS : "";
        for (String target : targets) {
            String[] words = target.split(" ", -1);
            String suite = words[1].replaceFirst("^[a-z]+", release);
            sources.add("deb [arch=" + platform.architecture() + key + "] " + words[0] + " " + suite + " " + words[2]);
        }
        List<String> changed = new ArrayList<>(own(platform, release, cache));
        Path list = cache.resolve("apt-" + release + "-" + platform.architecture() + "/sources.list");
        Files.write(list, sources);
        changed.addAll(option("Dir::Etc::sourcelist", list.toString()));
        changed.addAll(option("Dir::Etc::sourceparts", "/dev/null"));
        return new Apt(changed, cache);
    }

    private static List<String> own(Platform platform, String release, Path cache) throws IOException {
        Path folder = cache.resolve("apt-" + release + "-" + platform.architecture());
        Files.createDirectories(folder.resolve("lists/partial"));
        Files.createDirectories(folder.resolve("cache/archives/partial"));
        Files.writeString(folder.resolve("status"), "");
        List<String> options = new ArrayList<>();
        options.addAll(option("Dir::State", folder.toString()));
        options.addAll(option("Dir::State::status", folder.resolve("status").toString()));
        options.addAll(option("Dir::Cache", folder.resolve("cache").toString()));
        options.addAll(option("APT::Architecture", platform.architecture()));
        options.addAll(option("APT::Architectures::", platform.architecture()));
        options.addAll(option("Acquire::Languages", "none"));
        return options;
    }

    private static List<String> option(String name, String value) {
        return List.of("-o", name + "=" + value);
    }

    /** The archives; once more with fresh lists where apt has none, or old ones that name what is no longer there. */
    List<Path> download(Set<String> names) throws IOException {
        Files.createDirectories(cache);
        try {
            return archives(names);
        } catch (ClusterException listsOld) {
            update();
            return archives(names);
        }
    }

    private void update() {
        run("reading Debian's package lists", Path.of("/"), List.of("-q", "update"));
    }

    /** In the order of their names, in the versions that apt would take; only what the cache lacks is downloaded. */
    private List<Path> archives(Set<String> names) throws IOException {
        Map<String, String> archives = candidates(names);
        List<String> missing = archives.entrySet().stream()
                .filter(archive -> !Files.exists(cache.resolve(archive.getValue())))
                .map(Map.Entry::getKey)
                .toList();
        if (!missing.isEmpty()) {
            List<String> download = new ArrayList<>(List.of("-q", "download"));
            download.addAll(missing);
            run("downloading Debian packages", cache, download);
        }
        return archives.values().stream().map(cache::resolve).toList();
    }

    /** Package to file name. */
    private Map<String, String> candidates(Set<String> names) throws IOException {
        List<String> ask = new ArrayList<>(List.of("--print-uris", "download"));
        ask.addAll(names);
        Map<String, String> found = new TreeMap<>();
        // Not in the cache's folder: apt names only what the folder lacks.
        Path empty = Files.createDirectories(cache.resolve("nothing"));
        run("asking for Debian packages", empty, ask)
                .lines()
                .map(CANDIDATE::matcher)
                .filter(matcher -> matcher.matches())
                .forEach(matcher -> found.put(matcher.group(2), matcher.group(1)));
        if (!found.keySet().containsAll(names)) {
            throw new ClusterException("apt does not offer all of " + names);
        }
        return found;
    }

    private String run(String what, Path folder, List<String> arguments) {
        List<String> argv = new ArrayList<>(List.of("apt-get"));
        argv.addAll(options);
        argv.addAll(arguments);
        return new Command(what, argv, folder, Map.of("LC_ALL", "C")).output();
    }
}
