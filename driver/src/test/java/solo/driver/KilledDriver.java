package solo.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import csi.v1.CapacityRange;
import csi.v1.ControllerExpandVolumeRequest;
import java.io.IOException;
import java.nio.file.Path;
import solo.csi.CsiException;
import solo.driver.state.RealDisk;

/** A process of its own, which makes and removes volumes until it is killed; says each answer aloud. */
final class KilledDriver {
    private KilledDriver() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        var driver = new TestDriver(
                LocalDriver.open(TestDriver.options(directory), new RealDisk(), new FakeMounts()), directory);
        String prefix = arguments[1];
        say("open");
        for (int i = 0; ; i++) {
            String id = prefix + "-" + i;
            say("creating " + id);
            driver.create(id);
            say("created " + id);
            expand(driver, id);
            if (i % 2 == 0) {
                say("deleting " + id);
                driver.delete(id);
                say("deleted " + id);
            }
        }
    }

    private static void expand(TestDriver driver, String id) throws CsiException {
        driver.controller()
                .controllerExpandVolume(ControllerExpandVolumeRequest.newBuilder()
                        .setVolumeId(id)
                        .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(2 * TestDriver.GIB))
                        .build());
    }

    /** In one write, so that a kill cannot cut the line. */
    private static void say(String line) throws IOException {
        System.out.write((line + "\n").getBytes(UTF_8));
        if (System.out.checkError()) {
            // Nobody listens any more: the test itself was killed.
            System.exit(1);
        }
    }
}
