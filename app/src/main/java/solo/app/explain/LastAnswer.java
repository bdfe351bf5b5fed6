package solo.app.explain;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import solo.kube.model.Actor;

/**
 * What the driver answered last tells who must act. Only the event, or the status of a content, still knows it
 * ({@code code = X desc = Y}).
 */
final class LastAnswer {

    /** csi-snapshotter quotes the answer. */
    private static final Pattern ANSWER = Pattern.compile("code = (\\w+) desc = (.*?)\"?", Pattern.DOTALL);

    private static final String NO_SUCH_SNAPSHOT = "can not find snapshot for snapshotID";

    private static final Set<Stage> DRIVERS_TURN =
            Set.of(Stage.WAITS_FOR_DRIVER, Stage.TAKING, Stage.LOOKED_UP, Stage.TAKEN, Stage.DELETING);

    private LastAnswer() {}

    /**
     * Explains nothing else than what the driver is to do next.
     *
     * @param last the message that holds its last answer; may be empty
     */
    static Explanation weighed(Explanation told, String last) {
        if (!DRIVERS_TURN.contains(told.stage()) || told.actor() != Actor.DRIVER) {
            return told;
        }
        if (told.stage() == Stage.LOOKED_UP && last.contains(NO_SUCH_SNAPSHOT)) {
            return new Explanation(
                    told.stage(),
                    "the driver " + last.substring(last.indexOf(NO_SUCH_SNAPSHOT)) + "; mend the content's handle",
                    Actor.ADMINISTRATOR,
                    told.effects());
        }
        Matcher answer = ANSWER.matcher(last);
        int begin = last.indexOf("code = ");
        if (begin < 0 || !answer.region(begin, last.length()).matches()) {
            return told;
        }
        String code = answer.group(1);
        String meaning = switch (code) {
            case "InvalidArgument" -> "the driver refuses what " + asked(told.stage()) + " asks for";
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

    private static String asked(Stage stage) {
        return stage == Stage.WAITS_FOR_DRIVER
                ? "the StorageClass or the claim"
                : "the VolumeSnapshotClass or the content";
    }
}
