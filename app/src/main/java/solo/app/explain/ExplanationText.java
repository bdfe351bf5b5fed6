package solo.app.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Actor;

/** An explanation as a person reads it: five lines, and one for each effect. */
final class ExplanationText {

    private ExplanationText() {}

    /**
     * @param last the newest warning about the object
     * @param next what the running controller says of it; null if it was not asked
     */
    static String of(Explainer.Answer answer, @Nullable Told last, @Nullable List<String> next) {
        Explanation told = answer.explanation();
        StringBuilder text = new StringBuilder();
        text.append(answer.subject()).append(' ').append(told.stage().words()).append('\n');
        line(text, "why", told.why());
        line(text, "who", who(told.actor()));
        if (last != null) {
            line(
                    text,
                    "last",
                    last.reason() + ": " + last.message() + (last.last() == null ? "" : " (" + last.last() + ")"));
        }
        if (next == null) {
            line(
                    text,
                    "next",
                    "not known: decided from the cluster alone; --controller http://HOST:PORT asks the running one");
        } else {
            next.forEach(said -> line(text, "next", said));
        }
        told.effects().forEach(effect -> line(text, "then", effect));
        return text.toString();
    }

    private static void line(StringBuilder text, String what, String said) {
        if (!said.isEmpty()) {
            text.append("  ")
                    .append(what)
                    .append(' ')
                    .append(said.replace('\n', ' '))
                    .append('\n');
        }
    }

    private static String who(@Nullable Actor actor) {
        return actor == null
                ? "nobody has to act"
                : switch (actor) {
                    case USER -> "the owner of the claim, pod or snapshot must act";
                    case ADMINISTRATOR -> "whoever runs the cluster must act";
                    case KUBERNETES -> "Kubernetes acts: controller-manager, scheduler or kubelet";
                    case DRIVER -> "the storage driver or its backend must act";
                    case SOLO -> "nobody has to act: Solo goes on by itself";
                };
    }
}
