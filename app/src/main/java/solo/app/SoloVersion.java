package solo.app;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, from its jar. */
public final class SoloVersion implements IVersionProvider {

    /** As in the manifest, or {@code dev} when run from classes. */
    public static String text() {
        return Objects.requireNonNullElse(Solo.class.getPackage().getImplementationVersion(), "dev");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"solo " + text()};
    }
}
