package solo.app;

import solo.app.HttpEndpoint.Answer;
import solo.kube.Health;

/** Renders health for people with curl: one part a line. */
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
