package solo.simulation;

import java.util.List;
import solo.kube.Controller;

/**
 * Starts a process: builds its controllers with nothing in memory. Called once at the beginning and again after each
 * crash, so whatever it keeps outside of the controllers would survive a crash and hide bugs.
 */
@FunctionalInterface
public interface ControllerFactory {
    List<Controller> build(SimulatedPorts ports);
}
