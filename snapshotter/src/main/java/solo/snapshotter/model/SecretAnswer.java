package solo.snapshotter.model;

import solo.csi.model.Secrets;

/** The Secret that goes with a call, once it was asked for. */
public sealed interface SecretAnswer {
    record NotAsked() implements SecretAnswer {}

    record Read(Secrets secrets) implements SecretAnswer {}

    /** There is none. */
    record Missing(String why) implements SecretAnswer {}

    record Unreadable(String why) implements SecretAnswer {}
}
