package solo.it.image;

import java.nio.file.Path;
import solo.it.cluster.Command;

/** A package of which there are files in the image; goes into the bill of materials. */
record DebianPackage(String name, String version, String architecture) {

    /** Puts its files into a folder; nothing of it is run. */
    static DebianPackage unpack(Path archive, Path folder) {
        new Command("unpacking", "dpkg-deb", "--extract", archive.toString(), folder.toString()).output();
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
}
