package solo.it.image;

import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import solo.it.cluster.ClusterException;

/** A processor that the image can be for. Debian and OCI call both the same. */
public enum Platform {
    AMD64("amd64", "amd64", "x86_64", "x86_64-linux-gnu", 62),
    ARM64("arm64", "aarch64", "aarch64", "aarch64-linux-gnu", 183);

    private final String architecture;
    private final String ofProperty;
    private final String ofRelease;
    private final String triplet;
    private final int machine;

    Platform(String architecture, String ofProperty, String ofRelease, String triplet, int machine) {
        this.architecture = architecture;
        this.ofProperty = ofProperty;
        this.ofRelease = ofRelease;
        this.triplet = triplet;
        this.machine = machine;
    }

    /** This machine's. */
    public static Platform here() {
        String java = System.getProperty("os.arch");
        return Arrays.stream(values())
                .filter(each -> each.isCalled(java))
                .findFirst()
                .orElseThrow(() -> new ClusterException("an image is made on amd64 or arm64, not on " + java));
    }

    /** Whether Java means it: by the property os.arch, or OS_ARCH in a JDK's file {@code release}. */
    boolean isCalled(String byJava) {
        return byJava.equals(ofProperty) || byJava.equals(ofRelease);
    }

    /** What is made here can run here. */
    boolean isHere() {
        return this == here();
    }

    public String architecture() {
        return architecture;
    }

    /** Debian's name of the folders with libraries. */
    String triplet() {
        return triplet;
    }

    /** {@code e_machine} of its programs. */
    int machine() {
        return machine;
    }

    @Override
    public String toString() {
        return architecture;
    }

    /** For a command line. */
    public static final class Converter implements ITypeConverter<Platform> {
        @Override
        public Platform convert(String text) {
            return Arrays.stream(values())
                    .filter(each -> each.architecture.equals(text))
                    .findFirst()
                    .orElseThrow(
                            () -> new TypeConversionException("'" + text + "' is no processor; write amd64 or arm64"));
        }
    }
}
