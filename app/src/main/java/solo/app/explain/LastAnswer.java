package solo.app.explain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Actor;

/** What the driver answered last tells who must act. Only the event still knows it ({@code code = X desc = Y}). */
final class LastAnswer {

    private static final Pattern ANSWER = Pattern.compile("code = (\\w+) desc = (.*)", Pattern.DOTALL);

    private LastAnswer() {}

    /** Explains nothing else than a claim whose volume the driver is to make. */
    static Explanation weighed(Explanation told, @Nullable Told last) {
        if (told.stage() != Stage.WAITS_FOR_DRIVER || told.actor() != Actor.DRIVER || last == null) {
            return told;
        }
        Matcher answer = ANSWER.matcher(last.message());
        if (!answer.find()) {
            return told;
        }
        String code = answer.group(1);
        String meaning = switch (code) {
            case "InvalidArgument" -> "the driver refuses what the StorageClass or the claim asks for";
            case "OutOfRange" -> "the driver makes no volume of this size";
            case "ResourceExhausted" -> "the driver has no room for it";
            case "Unauthenticated", "PermissionDenied" -> "the backend does not let the driver in";
            default -> "the driver's last answer was " + code;
        };
        Actor actor = switch (code) {
            case "InvalidArgument", "ResourceExhausted", "Unauthenticated", "PermissionDenied" -> Actor.ADMINISTRATOR;
            case "OutOfRange" -> Actor.USER;
            default -> Actor.DRIVER;
        };
        return new Explanation(told.stage(), meaning + ": " + answer.group(2), actor, told.effects());
    }
}
