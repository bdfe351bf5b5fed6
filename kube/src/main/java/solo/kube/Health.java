package solo.kube;

import java.util.List;

/** How a part of the process is, and its parts in turn; /healthz and /readyz are rendered from such a tree. */
public record Health(String name, Status status, String detail, List<Health> parts) {

    /** What a part says of itself. */
    public enum Status {
        OK,
        /** Not there yet; will be without anybody's help. */
        WAITING,
        /** Broken; a restart may help. */
        FAILED
    }

    public Health {
        parts = List.copyOf(parts);
    }

    public static Health of(String name, Status status, String detail) {
        return new Health(name, status, detail, List.of());
    }

    /** No part has failed: /healthz. */
    public boolean healthy() {
        return status != Status.FAILED && parts.stream().allMatch(Health::healthy);
    }

    /** Every part is there: /readyz. */
    public boolean ready() {
        return status == Status.OK && parts.stream().allMatch(Health::ready);
    }
}
