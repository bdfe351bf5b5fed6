package solo.app.options;

import java.io.IOException;
import java.util.Set;
import solo.csi.Driver;
import solo.driver.LocalDriver;
import solo.driver.LocalDriverOptions;
import solo.driver.LocalDriverOptions.Feature;

/** Makes the driver that lives in this process, where no {@code --csi-address} names one behind a socket. */
@FunctionalInterface
public interface DriverInProcess {

    /** Local volumes. */
    DriverInProcess BUNDLED = (options, nodeId) -> LocalDriver.open(LocalDriverOptions.of(nodeId, options.stateDir)
            .with(options.attach ? Set.of(Feature.TOPOLOGY, Feature.ATTACH) : Set.of(Feature.TOPOLOGY))
            .withMaxVolumesPerNode(options.maxVolumesPerNode)
            .withPoolCapacityBytes(options.poolSize == null ? 0 : options.poolSize));

    /**
     * Called once, before anything else starts.
     *
     * @param nodeId {@code --node-id}, $NODE_NAME or the host's name
     * @throws IOException if {@code --state-dir} cannot be used; told to the user in one sentence
     */
    Driver open(DriverOptions options, String nodeId) throws IOException;
}
