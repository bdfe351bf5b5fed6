package solo.provisioner.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.StorageClass;

/**
 * Everything a decision about a claim reads: one consistent look at the caches, then whatever was read live and what
 * the last effect brought back.
 *
 * @param claim as cached, or as remembered if the claim is gone while its volume may still come into being
 * @param storageClass the class the claim asks for as it is now, if it exists
 * @param volumes PersistentVolumes that have the name the new one would get, or that are made for this claim
 * @param answer what came of the last effect; null before any
 */
public record ProvisioningView(
        ProvisioningOptions options,
        PersistentVolumeClaim claim,
        Standing standing,
        @Nullable StorageClass storageClass,
        List<PersistentVolume> volumes,
        ClusterTopology topology,
        DataSources sources,
        ClaimHistory history,
        Facts facts,
        @Nullable ProvisioningAnswer answer) {

    /** Whether the claim still exists. */
    public enum Standing {
        PRESENT,
        GONE
    }

    public ProvisioningView {
        volumes = List.copyOf(volumes);
    }

    /** Where the scheduler wants the volume; empty while it has not chosen. */
    public String selectedNode() {
        return selectedNode(claim);
    }

    /** Where the scheduler wants the volume of a claim; empty while it has not chosen. */
    public static String selectedNode(PersistentVolumeClaim claim) {
        String node = claim.meta().annotation(ProvisionerNames.SELECTED_NODE);
        if (node == null) {
            node = claim.meta().annotation(ProvisionerNames.ALPHA_SELECTED_NODE);
        }
        return node == null ? "" : node;
    }

    public ProvisioningView with(Facts read) {
        return new ProvisioningView(
                options, claim, standing, storageClass, volumes, topology, sources, history, read, answer);
    }

    public ProvisioningView with(ProvisioningAnswer came) {
        return new ProvisioningView(
                options, claim, standing, storageClass, volumes, topology, sources, history, facts, came);
    }
}
