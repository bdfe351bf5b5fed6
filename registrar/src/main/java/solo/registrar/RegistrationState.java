package solo.registrar;

/** Where the driver stands with the kubelet, as far as the kubelet has told us. */
public sealed interface RegistrationState {

    /** The socket cannot be served; tried again all the time. */
    record Unavailable(String why) implements RegistrationState {}

    /**
     * The socket is there and the kubelet has not said anything about it yet.
     *
     * @param lastRefusal what it said about the one before; empty if that was no refusal
     */
    record Offered(String lastRefusal) implements RegistrationState {}

    record Registered() implements RegistrationState {}

    /**
     * The kubelet will not have the driver.
     *
     * @param inARow how often since it was last registered
     * @param retryNanos when the socket is put back, on the monotonic clock
     */
    record Refused(String error, int inARow, long retryNanos) implements RegistrationState {}

    /** Another process offers the same driver through a socket of its own. */
    record Replaced() implements RegistrationState {}

    record Stopped() implements RegistrationState {}

    /** One sentence for logs and health; never a secret. */
    default String sentence() {
        return switch (this) {
            case Unavailable(var why) -> why;
            case Offered(var lastRefusal) ->
                "waiting for the kubelet to register the driver"
                        + (lastRefusal.isEmpty() ? "" : "; it last refused: " + lastRefusal);
            case Registered() -> "the kubelet has registered the driver";
            case Refused(var error, var inARow, var retryNanos) -> "the kubelet refused the driver: " + error;
            case Replaced() -> "another process offers this driver to the kubelet; its socket is left in place";
            case Stopped() -> "registration has been stopped";
        };
    }
}
