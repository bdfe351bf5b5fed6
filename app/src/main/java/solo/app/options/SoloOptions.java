package solo.app.options;

import picocli.CommandLine.ArgGroup;

/** Everything that can be set about a process, in the groups that {@code --help} shows. */
public final class SoloOptions {

    @ArgGroup(validate = false, heading = "%nKubernetes%n")
    public KubernetesOptions kubernetes = new KubernetesOptions();

    @ArgGroup(validate = false, heading = "%nDriver%n")
    public DriverOptions driver = new DriverOptions();

    @ArgGroup(validate = false, heading = "%nNode%n")
    public NodeOptions node = new NodeOptions();

    @ArgGroup(validate = false, heading = "%nControllers%n")
    public ControllersOptions controllers = new ControllersOptions();

    @ArgGroup(validate = false, heading = "%nLeader election%n")
    public ElectionOptions election = new ElectionOptions();

    @ArgGroup(validate = false, heading = "%nProvisioning%n")
    public ProvisionerOptions provisioner = new ProvisionerOptions();

    @ArgGroup(validate = false, heading = "%nAttaching%n")
    public AttacherOptions attacher = new AttacherOptions();

    @ArgGroup(validate = false, heading = "%nExpanding and modifying%n")
    public ResizerFlags resizer = new ResizerFlags();

    @ArgGroup(validate = false, heading = "%nHealth of volumes%n")
    public HealthMonitorFlags healthMonitor = new HealthMonitorFlags();

    @ArgGroup(validate = false, heading = "%nRetries%n")
    public RetryOptions retry = new RetryOptions();

    @ArgGroup(validate = false, heading = "%nWhat it tells about itself%n")
    public EndpointOptions endpoint = new EndpointOptions();
}
