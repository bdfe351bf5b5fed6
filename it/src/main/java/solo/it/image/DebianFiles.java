package solo.it.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import solo.it.cluster.ClusterException;
import solo.it.cluster.Command;

/**
 * The C library, and the programs that a node needs, out of Debian's packages: downloaded by apt, never installed here.
 * Of each package only the named programs and the libraries that they load are taken; no shell is among them.
 */
final class DebianFiles {

    private static final String LIBRARIES = "usr/lib/x86_64-linux-gnu";
    /** A line of {@code apt-get --print-uris}: the file's name after the address, and in it the package's. */
    private static final Pattern CANDIDATE = Pattern.compile("'[^']+' ((\\S+?)_\\S+\\.deb) .*");

    private static final String LOADER = "lib64/ld-linux-x86-64.so.2";

    /** What the JVM loads by name, so that no list of its needs shows it: names of hosts. */
    private static final List<String> BY_NAME = List.of("libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2");

    /** Copies and syncs, mounts, and the filesystems that a volume may have. */
    private static final Map<String, List<String>> PROGRAMS = programs();

    private static Map<String, List<String>> programs() {
        Map<String, List<String>> programs = new LinkedHashMap<>();
        programs.put("coreutils", List.of("cp", "sync"));
        programs.put("mount", List.of("mount", "umount", "losetup"));
        programs.put("util-linux", List.of("blkid", "blockdev"));
        programs.put(
                "e2fsprogs", List.of("mke2fs", "mkfs.ext4", "e2fsck", "fsck.ext4", "resize2fs", "tune2fs", "dumpe2fs"));
        programs.put("xfsprogs", List.of("mkfs.xfs", "xfs_repair", "xfs_growfs", "xfs_db"));
        programs.put("btrfs-progs", List.of("mkfs.btrfs", "btrfs", "btrfstune"));
        return programs;
    }

    /** Where the libraries of those programs come from. */
    private static final List<String> LIBRARY_PACKAGES = List.of(
            "libacl1",
            "libattr1",
            "libblkid1",
            "libc6",
            "libcom-err2",
            "libedit2",
            "libbsd0",
            "libmd0",
            "libext2fs2",
            "libinih1",
            "liblzo2-2",
            "libmount1",
            "libpcre2-8-0",
            "libselinux1",
            "libsmartcols1",
            "libtinfo6",
            "libudev1",
            "liburcu8",
            "libuuid1",
            "libzstd1",
            "zlib1g");

    private final Path cache;
    private final Path unpacked;
    private final Path runtime;

    /**
     * @param cache keeps what was downloaded
     * @param unpacked a folder for the packages' files
     * @param runtime whose needs are met too
     */
    DebianFiles(Path cache, Path unpacked, Path runtime) {
        this.runtime = runtime;
        this.cache = cache;
        this.unpacked = unpacked;
    }

    List<DebianPackage> into(FileTree staging) throws IOException {
        List<DebianPackage> packages = new ArrayList<>();
        Map<String, Path> files = new TreeMap<>();
        FileTree.fresh(unpacked);
        for (Path archive : download()) {
            new Command("unpacking", "dpkg-deb", "--extract", archive.toString(), unpacked.toString()).output();
            packages.add(identity(archive));
        }
        for (List<String> names : PROGRAMS.values()) {
            for (String name : names) {
                program(name, staging, files);
            }
        }
        for (String name : BY_NAME) {
            Path library = unpacked.resolve("lib/x86_64-linux-gnu").resolve(name);
            if (Files.exists(library)) {
                files.put(LIBRARIES + "/" + name, library);
            }
        }
        needs(runtime.resolve("bin/java"), files);
        try (Stream<Path> natives = Files.walk(runtime)) {
            for (Path library : natives.filter(file -> file.toString().endsWith(".so"))
                    .sorted()
                    .toList()) {
                needs(library, files);
            }
        }
        for (Map.Entry<String, Path> file : files.entrySet()) {
            staging.copy(file.getValue(), file.getKey(), "rwxr-xr-x");
        }
        staging.copy(unpacked.resolve("etc/mke2fs.conf"), "etc/mke2fs.conf", "rw-r--r--");
        // Where programs and the loader are looked for; Debian has the same links.
        staging.link("lib64", LIBRARIES);
        staging.link("lib", "usr/lib");
        staging.link("bin", "usr/bin");
        staging.link("sbin", "usr/bin");
        staging.link("usr/sbin", "bin");
        return licensed(packages, staging);
    }

    private void program(String name, FileTree staging, Map<String, Path> files) throws IOException {
        Path found = Stream.of("bin", "sbin", "usr/bin", "usr/sbin")
                .map(folder -> unpacked.resolve(folder).resolve(name))
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .findFirst()
                .orElseThrow(() -> new ClusterException("no Debian package in the image has the program " + name));
        if (Files.isSymbolicLink(found)) {
            staging.link("usr/bin/" + name, found.toRealPath().getFileName().toString());
            return;
        }
        files.put("usr/bin/" + name, found);
        needs(found, files);
    }

    /** Asked of the image's own loader, so that this machine's libraries play no part. */
    private void needs(Path program, Map<String, Path> files) {
        String folders = Stream.of(
                        unpacked.resolve("lib/x86_64-linux-gnu"),
                        unpacked.resolve(LIBRARIES),
                        runtime.resolve("lib"),
                        runtime.resolve("lib/server"))
                .map(Path::toString)
                .collect(Collectors.joining(":"));
        String listed = new Command(
                        "asking what " + program.getFileName() + " needs",
                        unpacked.resolve(LOADER).toString(),
                        "--library-path",
                        folders,
                        "--list",
                        program.toString())
                .output();
        for (String line : listed.lines().map(String::strip).toList()) {
            String[] words = line.split("\\s+", -1);
            if (line.contains("not found")) {
                throw new ClusterException(
                        program.getFileName() + " needs " + words[0] + ", which no Debian package in the image has");
            }
            Path library = Path.of(words.length > 2 ? words[2] : words[0]);
            if (library.startsWith(unpacked)) {
                files.put(LIBRARIES + "/" + library.getFileName(), library);
            }
        }
    }

    /** Each package's licences go with it. */
    private List<DebianPackage> licensed(List<DebianPackage> packages, FileTree staging) throws IOException {
        for (DebianPackage each : packages) {
            String notice = "usr/share/doc/" + each.name() + "/copyright";
            if (Files.exists(unpacked.resolve(notice))) {
                staging.copy(unpacked.resolve(notice), notice, "rw-r--r--");
            }
        }
        return packages;
    }

    private static DebianPackage identity(Path archive) {
        String[] fields = new Command(
                        "reading " + archive.getFileName(),
                        "dpkg-deb",
                        "--show",
                        "--showformat=${Package} ${Version} ${Architecture}",
                        archive.toString())
                .output()
                .strip()
                .split(" ", -1);
        return new DebianPackage(fields[0], fields[1], fields[2]);
    }

    /** The archives; once more with fresh lists where apt has none, or old ones that name what is no longer there. */
    private List<Path> download() throws IOException {
        Files.createDirectories(cache);
        Set<String> names = new TreeSet<>(LIBRARY_PACKAGES);
        names.addAll(PROGRAMS.keySet());
        try {
            return archives(names);
        } catch (ClusterException listsOld) {
            new Command("reading Debian's package lists", "apt-get", "-q", "update").output();
            return archives(names);
        }
    }

    /** In the order of their names, in the versions that apt would take; only what the cache lacks is downloaded. */
    private List<Path> archives(Set<String> names) {
        Map<String, String> archives = candidates(names);
        List<String> missing = archives.entrySet().stream()
                .filter(archive -> !Files.exists(cache.resolve(archive.getValue())))
                .map(Map.Entry::getKey)
                .toList();
        if (!missing.isEmpty()) {
            List<String> argv = new ArrayList<>(List.of("apt-get", "-q", "download"));
            argv.addAll(missing);
            new Command("downloading Debian packages", argv, cache, Map.of("LC_ALL", "C")).output();
        }
        return archives.values().stream().map(cache::resolve).toList();
    }

    /** Package to file name. */
    private Map<String, String> candidates(Set<String> names) {
        List<String> argv = new ArrayList<>(List.of("apt-get", "--print-uris", "download"));
        argv.addAll(names);
        Map<String, String> found = new TreeMap<>();
        // Not in the cache's folder: apt names only what the folder lacks.
        new Command("asking for Debian packages", argv, unpacked, Map.of("LC_ALL", "C"))
                .output()
                .lines()
                .map(CANDIDATE::matcher)
                .filter(matcher -> matcher.matches())
                .forEach(matcher -> found.put(matcher.group(2), matcher.group(1)));
        if (!found.keySet().containsAll(names)) {
            throw new ClusterException("apt does not offer all of " + names);
        }
        return found;
    }
}
