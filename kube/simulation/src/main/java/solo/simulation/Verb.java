package solo.simulation;

/** What is asked of an API server, as RBAC and the audit log spell it. */
public enum Verb {
    GET,
    LIST,
    CREATE,
    PATCH,
    DELETE;

    String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
