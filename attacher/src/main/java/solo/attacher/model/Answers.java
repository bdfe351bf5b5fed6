package solo.attacher.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Secrets;

/**
 * What one reconcile has asked and been told: decide, ask, decide again with the answer in view.
 *
 * @param publishContext what the driver gave for the attached volume; null until it was published
 */
public record Answers(
        SecretAnswer secret, SearchAnswer search, @Nullable Map<String, String> publishContext, Detached detached) {

    public static final Answers NONE =
            new Answers(new SecretAnswer.NotAsked(), new SearchAnswer.NotAsked(), null, Detached.NOT_YET);

    /** The Secret the volume asks for. */
    public sealed interface SecretAnswer {
        record NotAsked() implements SecretAnswer {}

        record Read(Secrets secrets) implements SecretAnswer {}

        record Unreadable(String why) implements SecretAnswer {}
    }

    /** The handle of a volume whose PersistentVolume is gone, looked for among all volumes of the driver. */
    public sealed interface SearchAnswer {
        record NotAsked() implements SearchAnswer {}

        record Proven(String handle) implements SearchAnswer {}

        record NotListed() implements SearchAnswer {}
    }

    /** Whether the driver has said, in this reconcile, that the volume is detached. */
    public enum Detached {
        NOT_YET,
        BY_DRIVER
    }

    public Answers with(SecretAnswer answer) {
        return new Answers(answer, search, publishContext, detached);
    }

    public Answers with(SearchAnswer answer) {
        return new Answers(secret, answer, publishContext, detached);
    }

    public Answers published(Map<String, String> context) {
        return new Answers(secret, search, Map.copyOf(context), detached);
    }

    public Answers unpublished() {
        return new Answers(secret, search, publishContext, Detached.BY_DRIVER);
    }
}
