package solo.kube.model;

/** What an event says: its type, its machine-readable reason (the Go sidecars' words) and its sentence. */
public record EventNote(EventType type, String reason, String message) {

    public static EventNote normal(String reason, String message) {
        return new EventNote(EventType.NORMAL, reason, message);
    }

    public static EventNote warning(String reason, String message) {
        return new EventNote(EventType.WARNING, reason, message);
    }
}
