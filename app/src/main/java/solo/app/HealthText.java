package solo.app;

import java.util.List;
import solo.app.HttpEndpoint.Answer;
import solo.kube.Health;
import solo.kube.WaitingKey;

/** Renders health and what waits for people with curl: one part a line. */
final class HealthText {

    private HealthText() {}

    /** 200 unless a part has failed, so that a restart may help. */
    static Answer healthz(Health health) {
        return new Answer(health.healthy() ? 200 : 500, text(health));
    }

    /** 200 once every part is there. */
    static Answer readyz(Health health) {
        return new Answer(health.ready() ? 200 : 503, text(health));
    }

    /** What waits, for what, who must act, and when it is tried again. */
    static Answer waiting(List<WaitingKey> waiting) {
        StringBuilder lines = new StringBuilder();
        for (WaitingKey one : waiting) {
            lines.append("%s %s: %s: %s (%s must act; since %s, %d attempts, %s)%n"
                    .formatted(
                            one.controller(),
                            one.key(),
                            one.reason().code(),
                            one.reason().message(),
                            one.reason().actor(),
                            one.since(),
                            one.attempts(),
                            one.next() == null ? "again on a change" : "again at " + one.next()));
        }
        return new Answer(200, waiting.isEmpty() ? "nothing waits\n" : lines.toString());
    }

    private static String text(Health health) {
        StringBuilder lines = new StringBuilder();
        append(lines, health, 0);
        return lines.toString();
    }

    private static void append(StringBuilder lines, Health health, int depth) {
        lines.append("  ".repeat(depth))
                .append(health.name())
                .append(": ")
                .append(health.status())
                .append(health.detail().isEmpty() ? "" : ", " + health.detail())
                .append('\n');
        health.parts().forEach(part -> append(lines, part, depth + 1));
    }
}
