package solo.it.cluster.upstream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import solo.it.cluster.Command;

/** The two images that a cluster has from the start, made of files of this machine. */
final class TestImages {
    private TestImages() {}

    static void write(GoPrograms programs, Path folder) throws IOException {
        Files.createDirectories(folder);
        var pause = List.of("--add=/pause=" + programs.pause(), "--entrypoint=/pause");
        write(programs, Layout.PAUSE_IMAGE, folder.resolve("pause.tar"), pause);
        var shell = new ArrayList<>(
                List.of("--add=/bin/busybox=" + UpstreamKubernetes.BUSYBOX, "--folder=/tmp", "--entrypoint=/bin/sh"));
        new Command("asking busybox for its applets", UpstreamKubernetes.BUSYBOX.toString(), "--list")
                .output()
                .lines()
                .filter(applet -> !applet.equals("busybox"))
                .forEach(applet -> shell.add("--link=/bin/" + applet + "=busybox"));
        write(programs, Layout.SHELL_IMAGE, folder.resolve("shell.tar"), shell);
    }

    private static void write(GoPrograms programs, String name, Path archive, List<String> contents) {
        var argv =
                new ArrayList<>(List.of(programs.cluster().toString(), "image", "--name=" + name, "--out=" + archive));
        argv.addAll(contents);
        new Command("making the image " + name, argv, Path.of("/"), Map.of()).output();
    }
}
