package solo.resizer.model;

import solo.csi.model.Secrets;

/** The Secret that goes with a call, once it was asked for. */
public sealed interface SecretAnswer {
    record NotAsked() implements SecretAnswer {}

    record Read(Secrets secrets) implements SecretAnswer {}

    record Unreadable(String why) implements SecretAnswer {}
}
