package solo.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import csi.v1.ListSnapshotsRequest;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.app.Role;
import solo.app.options.SoloOptions;
import solo.csi.CsiException;
import solo.driver.LocalDriver;

/** Groups of snapshots as users have them: several claims at one moment, restored, and deleted as a whole. */
@ExtendWith(RealCluster.class)
class GroupSnapshotIT {
    private static final List<String> CLAIMS = List.of("a", "b", "c");
    private static final Map<String, String> LABELS = Map.of("app", "db");

    /** Each number is safe in one volume before it is written to the next. */
    private static final String WRITE_IN_TURN = """
        i=0
        while true; do
          i=$((i+1))
          for v in a b c; do echo $i >> /data/$v/numbers && sync || exit 1; done
          [ $i = 3 ] && touch /data/c/begun
        done
        """;

    /** Every number is there up to the last, and of the last none is missing that was written before it. */
    private static final String COMPARE = """
        for v in a b c; do
          [ $(wc -l < /data/$v/numbers) = $(tail -n 1 /data/$v/numbers) ] || exit 1
        done
        a=$(tail -n 1 /data/a/numbers); b=$(tail -n 1 /data/b/numbers); c=$(tail -n 1 /data/c/numbers)
        echo "last numbers: $a $b $c"
        [ $c -ge 3 ] && [ $a -ge $b ] && [ $b -ge $c ] && [ $((a-1)) -le $c ]
        """;

    private final Bench bench;

    GroupSnapshotIT(Bench bench) {
        this.bench = bench;
    }

    @Test
    void what_was_written_to_one_claim_before_another_is_so_in_the_group_and_all_of_it_goes_together()
            throws CsiException {
        SoloOptions options = SoloUnderTest.withSnapshots(bench);
        try (SoloUnderTest solo = SoloUnderTest.start(Set.of(Role.CONTROLLER, Role.NODE), options)
                        .registered();
                Sandbox sandbox = bench.sandbox("group")) {
            GroupSnapshots groups = new GroupSnapshots(bench, sandbox);
            Snapshots snapshots = new Snapshots(bench, sandbox);
            String storageClass = imageClass();
            groups.groupClass("solo-together");
            for (String claim : CLAIMS) {
                sandbox.claim(claim, storageClass, "64Mi", "Filesystem");
                sandbox.label(claim, LABELS);
            }
            sandbox.claim("apart", storageClass, "64Mi", "Filesystem");
            bench.client().resource(podOf(sandbox, "writer", "", WRITE_IN_TURN)).create();
            sandbox.awaitRunning("writer");
            sandbox.pod("looks", "c", "until [ -e /data/begun ]; do sleep 0.1; done");
            assertThat(sandbox.awaitEnd("looks")).isEqualTo("Succeeded");

            groups.take("together", "solo-together", LABELS);
            groups.awaitReady("together");

            Map<String, String> members = groups.members("together");
            assertThat(members.keySet()).as("claims").containsExactlyInAnyOrderElementsOf(CLAIMS);
            members.values().forEach(snapshots::awaitReady);
            for (String claim : CLAIMS) {
                snapshots.restore("restored-" + claim, requireNonNull(members.get(claim)), storageClass, "64Mi");
            }
            bench.client()
                    .resource(podOf(sandbox, "compares", "restored-", COMPARE))
                    .create();
            assertThat(sandbox.awaitEnd("compares")).isEqualTo("Succeeded");
            System.out.println("group of three image volumes, "
                    + bench.client()
                            .pods()
                            .inNamespace(sandbox.namespace())
                            .withName("compares")
                            .getLog()
                            .strip());

            snapshots.delete(requireNonNull(members.get("a")));
            groups.delete("together");
            groups.awaitGone("together");
            await().atMost(Duration.ofMinutes(1)).until(() -> snapshots.names().isEmpty());
            assertThat(groups.contents(sandbox.namespace())).isEmpty();
            assertThat(solo.process()
                            .driver()
                            .controller()
                            .listSnapshots(ListSnapshotsRequest.getDefaultInstance())
                            .getEntriesList())
                    .isEmpty();
            sandbox.deletePod("writer");
        }
    }

    /** Mounts the three claims at /data/a, /data/b and /data/c. */
    private Pod podOf(Sandbox sandbox, String name, String prefix, String script) {
        PodBuilder pod = new PodBuilder(Sandbox.sleeper(bench, sandbox.namespace(), name))
                .editSpec()
                .withRestartPolicy("Never")
                .editFirstContainer()
                .withCommand("/bin/sh", "-c", script)
                .endContainer()
                .endSpec();
        for (String claim : CLAIMS) {
            pod = pod.editSpec()
                    .editFirstContainer()
                    .addNewVolumeMount()
                    .withName(claim)
                    .withMountPath("/data/" + claim)
                    .endVolumeMount()
                    .endContainer()
                    .addNewVolume()
                    .withName(claim)
                    .withNewPersistentVolumeClaim()
                    .withClaimName(prefix + claim)
                    .endPersistentVolumeClaim()
                    .endVolume()
                    .endSpec();
        }
        return pod.build();
    }

    private String imageClass() {
        Map<String, String> parameters = new HashMap<>(Map.of("backend", "image"));
        parameters.put("csi.storage.k8s.io/fstype", "ext4");
        StorageClass storageClass = new StorageClassBuilder()
                .withNewMetadata()
                .withName("solo-image-group")
                .endMetadata()
                .withProvisioner(LocalDriver.NAME)
                .withParameters(parameters)
                .withVolumeBindingMode("WaitForFirstConsumer")
                .build();
        bench.client().resource(storageClass).serverSideApply();
        return storageClass.getMetadata().getName();
    }
}
