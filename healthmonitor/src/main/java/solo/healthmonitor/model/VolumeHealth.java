package solo.healthmonitor.model;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What a driver says of one volume; no problem means healthy. */
public record VolumeHealth(List<Problem> problems) {

    public static final VolumeHealth HEALTHY = new VolumeHealth(List.of());

    /** How bad it is, worst first (CSI 1.13, VolumeHealthErrorType). */
    public enum Severity {
        /** Permanent, known or strongly suspected. */
        DATA_LOSS("DataLoss"),
        /** From all nodes. */
        INACCESSIBLE("Inaccessible"),
        /** Works, but slower or with less redundancy than it should. */
        DEGRADED("Degraded"),
        /** A kind that CSI did not know yet when this was written. */
        UNKNOWN("Unknown"),
        /** The driver speaks CSI 1.12, which knows normal and abnormal only. */
        ABNORMAL("Abnormal");

        private final String text;

        Severity(String text) {
            this.text = text;
        }
    }

    /**
     * One thing that is wrong.
     *
     * @param reason the driver's CamelCase word; empty for a driver that speaks CSI 1.12
     * @param message the driver's sentence, may be empty
     */
    public record Problem(Severity severity, String reason, String message) {

        /** A driver's CSI 1.12 message stands alone, as the Go health monitor tells it. */
        String text() {
            if (severity == Severity.ABNORMAL) {
                return message.isEmpty() ? "the driver calls the volume abnormal and does not say why" : message;
            }
            String what = reason.isEmpty() ? severity.text : severity.text + " (" + reason + ")";
            return message.isEmpty() ? what : what + ": " + message;
        }
    }

    /** Worst first and always in one order, so that the same state is told in the same words. */
    public VolumeHealth {
        problems = problems.stream()
                .sorted(Comparator.comparing(Problem::severity)
                        .thenComparing(Problem::reason)
                        .thenComparing(Problem::message))
                .toList();
    }

    public static VolumeHealth of(Severity severity, String reason, String message) {
        return new VolumeHealth(List.of(new Problem(severity, reason, message)));
    }

    public boolean healthy() {
        return problems.isEmpty();
    }

    /** For the event; empty if healthy. */
    public String text() {
        return problems.stream().map(Problem::text).collect(Collectors.joining("; "));
    }
}
