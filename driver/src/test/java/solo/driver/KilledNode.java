package solo.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import solo.csi.CsiException;
import solo.csi.model.Code;
import solo.driver.VolumeLife.Action;

/** A process of its own that leads several volumes through their lives at once, until it is killed; says what it does. */
final class KilledNode {
    private static final int MOST_ATTEMPTS = 1000;

    private KilledNode() {}

    public static void main(String[] arguments) throws Exception {
        var driver = VolumeCalls.open(Path.of(arguments[0]));
        var random = new Random(Long.parseLong(arguments[1]));
        List<VolumeLife> lives =
                Arrays.stream(arguments).skip(2).map(VolumeLife::parse).toList();
        for (VolumeLife life : lives) {
            long seed = random.nextLong();
            Thread.ofPlatform().start(() -> live(life, driver, new Random(seed)));
        }
    }

    private static void live(VolumeLife life, TestDriver driver, Random random) {
        try {
            while (true) {
                List<Action> possible = life.possible();
                Action action = possible.get(random.nextInt(possible.size()));
                say("begin " + life.id() + " " + action);
                patiently(life, action, driver);
                life.done(action);
                say("end " + life.id() + " " + action);
            }
        } catch (Exception | AssertionError wrong) {
            say("wrong " + life.id() + " " + wrong.toString().replace('\n', ' '));
        }
    }

    /**
     * As the kubelet does. A child that another thread starts holds what this one has open, until it is a program; and the
     * volume that is part of every group is copied for one of them at a time.
     */
    private static void patiently(VolumeLife life, Action action, TestDriver driver) throws IOException, CsiException {
        for (int attempt = 1; ; attempt++) {
            try {
                new VolumeCalls(driver, life).perform(action);
                return;
            } catch (CsiException refusal) {
                boolean passing =
                        refusal.code() == Code.ABORTED || refusal.description().contains("busy");
                if (attempt == MOST_ATTEMPTS || !passing) {
                    throw refusal;
                }
            }
        }
    }

    /** In one write, so that a kill cannot cut the line. */
    private static synchronized void say(String line) {
        try {
            System.out.write((line + "\n").getBytes(UTF_8));
        } catch (IOException closed) {
            throw new IllegalStateException(closed);
        }
        if (System.out.checkError()) {
            // Nobody listens any more: the test itself was killed.
            System.exit(1);
        }
    }
}
