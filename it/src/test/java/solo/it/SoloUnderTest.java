package solo.it;

import csi.v1.ListSnapshotsRequest;
import csi.v1.ListVolumesRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import solo.app.Role;
import solo.app.SoloProcess;
import solo.app.StartupProblem;
import solo.app.options.ControllerChoice;
import solo.app.options.SoloOptions;
import solo.csi.CsiException;

/** Solo in this JVM, with a state folder of its own, against the shared cluster. */
record SoloUnderTest(SoloProcess process, Path state) implements AutoCloseable {

    static SoloUnderTest all(Bench bench) {
        return start(bench, Set.of(Role.CONTROLLER, Role.NODE), Bench.freshState());
    }

    static SoloUnderTest start(Bench bench, Set<Role> roles, Path state) {
        return start(roles, options(bench, state));
    }

    static SoloUnderTest start(Set<Role> roles, SoloOptions options) {
        try {
            return new SoloUnderTest(SoloProcess.start(roles, options), options.driver.stateDir);
        } catch (StartupProblem problem) {
            throw new AssertionError(problem.getMessage(), problem);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopping);
        }
    }

    /** Waits until the kubelet has registered this process too; until then it may still let go of the one before. */
    SoloUnderTest registered() {
        try {
            process.awaitReady();
            return this;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopping);
        }
    }

    static SoloOptions options(Bench bench, Path state) {
        SoloOptions options = new SoloOptions();
        options.kubernetes.kubeconfig = bench.cluster().kubeconfig();
        options.driver.stateDir = state;
        options.driver.nodeId = bench.cluster().nodeName();
        options.node.kubeletDir = bench.cluster().kubeletDirectory();
        return options;
    }

    /** With a state of its own, and with a snapshot-controller, of which the cluster has no other. */
    static SoloOptions withSnapshots(Bench bench) {
        SoloOptions options = options(bench, Bench.freshState());
        options.controllers.choice = ControllerChoice.parse("*,snapshot-controller");
        return options;
    }

    /** The ids of all volumes that the backend holds. */
    List<String> volumes() {
        try {
            return process
                    .driver()
                    .controller()
                    .listVolumes(ListVolumesRequest.getDefaultInstance())
                    .getEntriesList()
                    .stream()
                    .map(entry -> entry.getVolume().getVolumeId())
                    .toList();
        } catch (CsiException refused) {
            throw new AssertionError(refused.goText(), refused);
        }
    }

    /** The ids of all snapshots that the backend holds. */
    List<String> snapshots() {
        try {
            return process
                    .driver()
                    .controller()
                    .listSnapshots(ListSnapshotsRequest.getDefaultInstance())
                    .getEntriesList()
                    .stream()
                    .map(entry -> entry.getSnapshot().getSnapshotId())
                    .toList();
        } catch (CsiException refused) {
            throw new AssertionError(refused.goText(), refused);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
