package solo.simulation;

/** The storage driver of the simulated world. */
public final class ModelDriver {

    /** What it calls itself; test objects are of this driver unless they say otherwise. */
    public static final String NAME = "model.csi.solo";

    private ModelDriver() {}
}
