package solo.app;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.app.options.CapacityFlags;
import solo.app.options.SoloOptions;
import solo.csi.model.ControllerCapability;
import solo.csi.model.Topology;
import solo.kube.Backoff;
import solo.kube.Controller;
import solo.kube.model.ObjectKey;
import solo.provisioner.Ports;
import solo.provisioner.capacity.CapacityOwner;
import solo.provisioner.capacity.ManagedBy;
import solo.provisioner.capacity.StorageCapacity;
import solo.provisioner.capacity.model.CapacityOptions;
import solo.provisioner.capacity.model.CapacityOptions.Binding;
import solo.provisioner.capacity.model.CapacityOptions.Owner;
import solo.provisioner.model.NodeDeployment;

/** The capacity objects' controller, put together from flags. */
final class CapacityParts {

    private static final Logger log = LoggerFactory.getLogger(CapacityParts.class);

    private CapacityParts() {}

    /**
     * {@code here} is null where one instance serves the whole cluster. Null for a driver that cannot be asked, which is
     * no reason not to provision.
     */
    static @Nullable Controller of(
            DriverAccess access,
            Ports ports,
            SoloOptions options,
            @Nullable NodeDeployment here,
            PrometheusRegistry registry)
            throws StartupProblem {
        CapacityFlags flags = options.capacity;
        if (!access.capabilities().has(ControllerCapability.GET_CAPACITY)) {
            log.warn("--enable-capacity has no effect: the driver lacks capability GET_CAPACITY");
            return null;
        }
        String namespace = namespace(options);
        CapacityOptions capacity = new CapacityOptions(
                access.identity().name(),
                namespace,
                here == null ? ManagedBy.CLUSTER : ManagedBy.node(here.node()),
                owner(ports, options, namespace),
                flags.forImmediateBinding ? Binding.IMMEDIATE_TOO : Binding.LATE_ONLY,
                flags.pollInterval,
                flags.workers,
                place(here));
        return new StorageCapacity(ports, capacity, registry)
                .controller(new Backoff(options.retry.start, options.retry.max));
    }

    /** Looks at the environment before anything is started. */
    static void check(SoloOptions options) throws StartupProblem {
        if (options.capacity.enabled) {
            var _ = namespace(options);
            var _ = pod(options);
        }
    }

    private static String namespace(SoloOptions options) throws StartupProblem {
        String namespace = options.environment("NAMESPACE");
        if (namespace == null) {
            throw new StartupProblem(
                    "--enable-capacity: set the environment variable NAMESPACE to where the objects shall live");
        }
        return namespace;
    }

    /** The pod's name; empty where nobody asks for it. */
    private static String pod(SoloOptions options) throws StartupProblem {
        String pod = options.environment("POD_NAME");
        if (pod == null && options.capacity.ownerRefLevel >= 0) {
            throw new StartupProblem("--enable-capacity: set the environment variable POD_NAME to the pod's name,"
                    + " or give --capacity-ownerref-level=-1 for objects without an owner");
        }
        return pod == null ? "" : pod;
    }

    private static @Nullable Topology place(@Nullable NodeDeployment here) {
        return here == null ? null : here.place();
    }

    private static @Nullable Owner owner(Ports ports, SoloOptions options, String namespace) throws StartupProblem {
        int level = options.capacity.ownerRefLevel;
        ObjectKey pod = new ObjectKey(namespace, pod(options));
        return switch (CapacityOwner.of(ports.cluster(), pod, level)) {
            case CapacityOwner.Nobody() -> null;
            case CapacityOwner.Found(var owner) -> owner;
            case CapacityOwner.NotFound(var why) ->
                throw new StartupProblem("--capacity-ownerref-level " + level + ": " + why);
        };
    }
}
