package solo.resizer.rules;

import org.jspecify.annotations.Nullable;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.PersistentVolumeClaim.Condition;

/** What do a claim's conditions say? */
final class Conditions {
    private Conditions() {}

    static boolean isTrue(PersistentVolumeClaim claim, String type) {
        Condition condition = of(claim, type);
        return condition != null && condition.status().equals("True");
    }

    static @Nullable Condition of(PersistentVolumeClaim claim, String type) {
        return claim.status().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElse(null);
    }
}
