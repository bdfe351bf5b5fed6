package solo.app.explain;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Actor;
import solo.kube.model.PersistentVolumeClaim;
import solo.resizer.model.ExpansionReason;
import solo.resizer.model.ModifyReason;
import solo.resizer.model.ResizerNames;

/**
 * What the driver answered last tells who must act. Only the event, or the status of a claim or content, still knows it
 * ({@code code = X desc = Y}).
 */
final class LastAnswer {

    /** csi-snapshotter quotes the answer. */
    private static final Pattern ANSWER = Pattern.compile("code = (\\w+) desc = (.*?)\"?", Pattern.DOTALL);

    private static final String NO_SUCH_SNAPSHOT = "can not find snapshot for snapshotID";

    private static final Pattern CODE = Pattern.compile("code = (\\w+) ");

    private static final Set<Stage> DRIVERS_TURN = Set.of(
            Stage.WAITS_FOR_DRIVER,
            Stage.EXPANDING,
            Stage.MODIFYING,
            Stage.TAKING,
            Stage.LOOKED_UP,
            Stage.TAKEN,
            Stage.DELETING);

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
        return new Explanation(
                told.stage(),
                meaning(told.stage(), code) + ": " + answer.group(2),
                actor(told.stage(), code),
                told.effects());
    }

    private static String meaning(Stage stage, String code) {
        return switch (code) {
            case "InvalidArgument" -> "the driver refuses what " + asked(stage) + " asks for";
            case "ResourceExhausted" -> "the driver has no room for it";
            case "Unauthenticated", "PermissionDenied" -> "the backend does not let the driver in";
            case "OutOfRange" -> stage == Stage.MODIFYING ? last(code) : "the driver makes no volume of this size";
            case "FailedPrecondition" ->
                stage == Stage.EXPANDING ? "the driver does not grow it while a pod uses it" : last(code);
            default -> last(code);
        };
    }

    private static String last(String code) {
        return "the driver's last answer was " + code;
    }

    private static Actor actor(Stage stage, String code) {
        return switch (code) {
            case "InvalidArgument" -> stage == Stage.EXPANDING ? Actor.USER : Actor.ADMINISTRATOR;
            case "ResourceExhausted", "Unauthenticated", "PermissionDenied" -> Actor.ADMINISTRATOR;
            case "OutOfRange" -> stage == Stage.MODIFYING ? Actor.DRIVER : Actor.USER;
            case "FailedPrecondition" -> stage == Stage.EXPANDING ? Actor.USER : Actor.DRIVER;
            default -> Actor.DRIVER;
        };
    }

    /** Who must act after this answer to a detach: mostly the driver, which is asked again and again. */
    static Actor actor(String last) {
        Matcher code = CODE.matcher(last);
        return code.find() ? actor(Stage.DETACHING, code.group(1)) : Actor.DRIVER;
    }

    /** The claim's own words about the driver's refusal to grow or modify, which outlive the events; null if none. */
    static @Nullable String shown(PersistentVolumeClaim claim, Stage stage) {
        String type = switch (stage) {
            case EXPANDING -> ResizerNames.CONTROLLER_RESIZE_ERROR;
            case MODIFYING -> ResizerNames.MODIFY_VOLUME_ERROR;
            default -> "";
        };
        return claim.status().conditions().stream()
                .filter(condition ->
                        condition.type().equals(type) && condition.status().equals("True"))
                .findFirst()
                // That of a modification has the code as its reason.
                .map(condition -> stage == Stage.MODIFYING
                        ? "code = " + condition.reason() + " desc = " + condition.message()
                        : String.valueOf(condition.message()))
                .orElse(null);
    }

    /** Whether an event of this reason tells of what is waited for in this stage, not of something long over. */
    static boolean belongs(String reason, Stage stage) {
        return switch (stage) {
            case EXPANDING -> reason.equals(ExpansionReason.FAILED);
            case MODIFYING -> reason.equals(ModifyReason.FAILED);
            default -> true;
        };
    }

    private static String asked(Stage stage) {
        return switch (stage) {
            case WAITS_FOR_DRIVER -> "the StorageClass or the claim";
            case EXPANDING -> "the claim";
            case MODIFYING -> "the VolumeAttributesClass";
            default -> "the VolumeSnapshotClass or the content";
        };
    }
}
