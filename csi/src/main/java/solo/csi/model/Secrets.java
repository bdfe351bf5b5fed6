package solo.csi.model;

import java.util.Map;

/** Credentials for one driver call. Never logged: {@code toString} shows neither keys nor values. */
public record Secrets(Map<String, String> values) {
    public static final Secrets NONE = new Secrets(Map.of());

    public Secrets {
        values = Map.copyOf(values);
    }

    @Override
    public String toString() {
        return values.isEmpty() ? "Secrets[none]" : "Secrets[hidden]";
    }
}
