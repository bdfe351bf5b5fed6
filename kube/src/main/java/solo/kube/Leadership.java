package solo.kube;

/** Whether this process may act. Asked before every effect; turns false by the monotonic clock alone. */
@FunctionalInterface
public interface Leadership {
    boolean leading();

    /** Calls the listener after every gain or loss, on the elector's thread: it may only wake somebody up. */
    default void onChange(Runnable listener) {}

    /** For a process that runs without election. */
    Leadership ALWAYS = () -> true;
}
