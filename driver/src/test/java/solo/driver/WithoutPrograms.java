package solo.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import solo.driver.linux.Program;
import solo.driver.state.Disk;

/** A node on which somebody forgot to install some of the programs. */
final class WithoutPrograms extends ForwardingDisk {
    private final Set<String> lacking;

    WithoutPrograms(Disk disk, Set<String> lacking) {
        super(disk);
        this.lacking = Set.copyOf(lacking);
    }

    @Override
    public void change(Path file, Program program) throws IOException {
        super.change(file, lacking.contains(program.command().getFirst()) ? missing(program) : program);
    }

    @Override
    public void copyTree(Path from, Path to) throws IOException {
        if (lacking.contains("cp")) {
            missing(Program.of("coreutils", "cp")).run();
        }
        super.copyTree(from, to);
    }

    static Program missing(Program program) {
        var command = new ArrayList<>(program.command());
        command.set(0, "/not/installed/" + command.getFirst());
        return new Program(program.debianPackage(), program.highestGoodCode(), command);
    }
}
