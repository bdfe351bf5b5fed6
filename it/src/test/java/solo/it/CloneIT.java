package solo.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A claim whose dataSource is another claim: what pods wrote into the one, pods find in the other. */
@ExtendWith(RealCluster.class)
class CloneIT {

    private static final String CLASS = "solo-local";
    /** 3 MB of noise in a folder, a link to it, and a list that says what is right. */
    private static final String WRITE = "cd /data && mkdir folder && head -c 3000000 /dev/urandom > folder/noise"
            + " && ln -s folder/noise link && sha256sum folder/noise > list && sync";

    private static final String CHECK = "cd /data && sha256sum -c list && [ \"$(readlink link)\" = folder/noise ]";

    private static SoloUnderTest solo;

    private final Sandbox sandbox;

    CloneIT(Bench bench) {
        sandbox = bench.sandbox("clone");
    }

    @BeforeAll
    static void start(Bench bench) {
        solo = SoloUnderTest.all(bench);
    }

    @AfterAll
    static void stop() {
        solo.close();
    }

    @BeforeEach
    void writeIntoTheSource() {
        sandbox.claim("source", CLASS);
        run("writer", "source", WRITE);
    }

    @AfterEach
    void nothingIsLeft() {
        sandbox.deleteClaims(solo);
        sandbox.close();
    }

    @Test
    void a_clone_has_the_data_of_its_source_and_each_goes_its_own_way_from_then_on() {
        sandbox.clone("copy", CLASS, "16Mi", "source");

        run("reader", "copy", CHECK);
        run("changer", "copy", "echo other > /data/folder/noise && sync");

        run("unchanged", "source", CHECK);
        assertThat(solo.volumes()).hasSize(2);
    }

    @Test
    void a_clone_may_be_larger_than_its_source_and_outlives_it() {
        sandbox.clone("copy", CLASS, "32Mi", "source");

        run("reader", "copy", CHECK);

        assertThat(sandbox.volumeOf("copy").getSpec().getCapacity().get("storage"))
                .isEqualTo(new Quantity("32Mi"));
        assertThat(sandbox.volumeOf("source").getSpec().getCapacity().get("storage"))
                .isEqualTo(new Quantity("16Mi"));
        String source = sandbox.volumeOf("source").getMetadata().getName();
        sandbox.deleteClaim("source");
        sandbox.awaitVolumeGone(source);
        run("later-reader", "copy", CHECK);
    }

    /** Runs a pod to its end, which must be a good one, and takes it away. */
    private void run(String pod, String claim, String script) {
        sandbox.pod(pod, claim, script);
        assertThat(sandbox.awaitEnd(pod)).as(pod).isEqualTo("Succeeded");
        sandbox.deletePod(pod);
    }
}
