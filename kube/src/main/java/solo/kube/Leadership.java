package solo.kube;

/** Whether this process may act. Asked before every effect; turns false by the monotonic clock alone. */
@FunctionalInterface
public interface Leadership {
    boolean leading();

    /** For a process that runs without election. */
    Leadership ALWAYS = () -> true;
}
