package solo.healthmonitor;

import solo.healthmonitor.model.HealthCall;

/** The driver whose volumes are watched. */
public record MonitoredDriver(String name, HealthCall call) {}
