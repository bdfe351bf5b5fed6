package solo.app;

import solo.app.options.FeatureGates;
import solo.app.options.FeatureGates.Gate;
import solo.kube.ApiException;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.fabric8.KubernetesConnection;

/** Kinds that not every cluster has: a watch of one that is not served would never be filled. */
public record ServedKinds(KubernetesConnection connection, FeatureGates gates) {

    /** Since Kubernetes 1.34. As in Go nobody asks if the gate was given. */
    public boolean attributesClasses() throws StartupProblem {
        return gates.on(Gate.VOLUME_ATTRIBUTES_CLASS)
                && (gates.isGiven(Gate.VOLUME_ATTRIBUTES_CLASS) || served(Kinds.ATTRIBUTES_CLASS.resource()));
    }

    /** Needs the Gateway API's CRDs, which nobody would switch the gate on without. */
    public void checkReferenceGrants() throws StartupProblem {
        if (gates.on(Gate.CROSS_NAMESPACE_DATA_SOURCE) && !served(Kinds.REFERENCE_GRANT.resource())) {
            throw new StartupProblem("--feature-gates: CrossNamespaceVolumeDataSource needs ReferenceGrant ("
                    + Kinds.REFERENCE_GRANT.resource().apiVersion()
                    + "), which the API server does not serve; install the Gateway API or leave the gate out");
        }
    }

    /** Only where they are served and we may list them, as in Go. */
    boolean snapshots() throws StartupProblem {
        return usable(Kinds.SNAPSHOT.resource());
    }

    /** Snapshots, their contents and their classes: all, or none is of use. */
    public boolean snapshotKinds() throws StartupProblem {
        return usable(Kinds.SNAPSHOT.resource())
                && usable(Kinds.SNAPSHOT_CONTENT.resource())
                && usable(Kinds.SNAPSHOT_CLASS.resource());
    }

    /** Groups of snapshots, their contents and their classes: all, or none is of use. */
    public boolean groupKinds() throws StartupProblem {
        return gates.on(Gate.VOLUME_GROUP_SNAPSHOT)
                && usable(Kinds.GROUP_SNAPSHOT.resource())
                && usable(Kinds.GROUP_SNAPSHOT_CONTENT.resource())
                && usable(Kinds.GROUP_SNAPSHOT_CLASS.resource());
    }

    /** What csi-snapshotter needs of them. */
    boolean groupContentKinds() throws StartupProblem {
        return gates.on(Gate.VOLUME_GROUP_SNAPSHOT)
                && usable(Kinds.GROUP_SNAPSHOT_CONTENT.resource())
                && usable(Kinds.GROUP_SNAPSHOT_CLASS.resource());
    }

    /** What is not served cannot be listed either. */
    private boolean usable(Kind.Resource resource) throws StartupProblem {
        try {
            return connection.mayList(resource);
        } catch (ApiException refused) {
            throw new StartupProblem("cannot list " + resource.plural() + ": " + refused.getMessage(), refused);
        }
    }

    private boolean served(Kind.Resource resource) throws StartupProblem {
        try {
            return connection.serves(resource);
        } catch (ApiException refused) {
            throw new StartupProblem(
                    "cannot ask the API server which kinds it serves: " + refused.getMessage(), refused);
        }
    }
}
