package solo.it.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.it.cluster.ClusterException;

/**
 * The C library, and the programs that a node needs, out of Debian's packages, never installed here.
 * Of each package only the named programs and the libraries that they load are taken; no shell is among them.
 */
final class DebianFiles {

    /** What the JVM loads by name, so that no list of its needs shows it: names of hosts. */
    private static final List<String> BY_NAME = List.of("libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2");

    /** Copies and syncs, mounts, and the filesystems that a volume may have. */
    static final Map<String, List<String>> PROGRAMS = programs();

    private static Map<String, List<String>> programs() {
        Map<String, List<String>> programs = new LinkedHashMap<>();
        programs.put("coreutils", List.of("cp", "sync"));
        programs.put("mount", List.of("mount", "umount", "losetup"));
        programs.put("util-linux", List.of("blkid", "blockdev", "fsfreeze"));
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

    private final Platform platform;
    private final Path unpacked;
    private final Path runtime;

    /**
     * @param unpacked a folder for the packages' files
     * @param runtime whose needs are met too
     */
    DebianFiles(Platform platform, Path unpacked, Path runtime) {
        this.platform = platform;
        this.unpacked = unpacked;
        this.runtime = runtime;
    }

    /** The packages that files are taken of. */
    static Set<String> packages() {
        Set<String> names = new TreeSet<>(LIBRARY_PACKAGES);
        names.addAll(PROGRAMS.keySet());
        return names;
    }

    /** Puts the files into the image and says what they are of. */
    List<DebianPackage> into(FileTree staging, List<Path> archives) throws IOException {
        List<DebianPackage> packages = new ArrayList<>();
        Map<String, Path> files = new TreeMap<>();
        FileTree.fresh(unpacked);
        for (Path archive : archives) {
            packages.add(DebianPackage.unpack(archive, unpacked));
        }
        for (List<String> names : PROGRAMS.values()) {
            for (String name : names) {
                program(name, staging, files);
            }
        }
        for (String name : BY_NAME) {
            Path library = library(name);
            if (library != null) {
                take(library, name, files);
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
        switch (platform) {
            case AMD64 -> staging.link("lib64", folder());
            case ARM64 -> staging.link("usr/lib/ld-linux-aarch64.so.1", platform.triplet() + "/ld-linux-aarch64.so.1");
        }
        staging.link("lib", "usr/lib");
        staging.link("bin", "usr/bin");
        staging.link("sbin", "usr/bin");
        staging.link("usr/sbin", "bin");
        return licensed(packages, staging);
    }

    /** Of libraries, in the image. */
    private String folder() {
        return "usr/lib/" + platform.triplet();
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

    /** All that the loader would bring along, so that this machine's libraries play no part. */
    private void needs(Path program, Map<String, Path> files) throws IOException {
        Optional<ElfFile> elf = ElfFile.read(program);
        for (String name : elf.map(ElfFile::needed).orElse(List.of())) {
            Path library = library(name);
            if (library != null) {
                take(library, name, files);
            } else if (!Files.exists(runtime.resolve("lib").resolve(name))
                    && !Files.exists(runtime.resolve("lib/server").resolve(name))) {
                throw new ClusterException(
                        program.getFileName() + " needs " + name + ", which no Debian package in the image has");
            }
        }
    }

    private void take(Path library, String name, Map<String, Path> files) throws IOException {
        if (files.put(folder() + "/" + name, library) == null) {
            needs(library, files);
        }
    }

    private @Nullable Path library(String name) {
        return Stream.of("usr/lib/", "lib/")
                .map(above -> unpacked.resolve(above + platform.triplet()).resolve(name))
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
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
}
