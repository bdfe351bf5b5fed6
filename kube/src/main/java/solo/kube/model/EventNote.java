package solo.kube.model;

/**
 * What an event says: its type, its machine-readable reason (the Go sidecars' words) and its sentence.
 *
 * @param underway says only that work has begun, so that nobody needs it once there is later news of the object
 */
public record EventNote(EventType type, String reason, String message, boolean underway) {

    public EventNote(EventType type, String reason, String message) {
        this(type, reason, message, false);
    }

    public static EventNote normal(String reason, String message) {
        return new EventNote(EventType.NORMAL, reason, message);
    }

    public static EventNote underway(String reason, String message) {
        return new EventNote(EventType.NORMAL, reason, message, true);
    }

    public static EventNote warning(String reason, String message) {
        return new EventNote(EventType.WARNING, reason, message);
    }
}
