package solo.provisioner.rules;

import java.util.List;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolumeClaim.DataSource;
import solo.kube.model.ReferenceGrant;

/** Whether claims of one namespace may be filled from an object in another (gateway.networking.k8s.io ReferenceGrant). */
final class ReferenceGrants {
    private ReferenceGrants() {}

    /** One grant in the source's namespace has to name both sides. */
    static boolean allow(List<ReferenceGrant> grants, String claimNamespace, DataSource source, ObjectKey key) {
        return grants.stream()
                .filter(grant -> grant.key().namespace().equals(key.namespace()))
                .filter(grant -> grant.from().stream()
                        .anyMatch(from -> from.group().isEmpty()
                                && from.kind().equals(DataSourceChoice.CLAIM_KIND)
                                && from.namespace().equals(claimNamespace)))
                .anyMatch(grant -> grant.to().stream().anyMatch(to -> covers(to, source)));
    }

    private static boolean covers(ReferenceGrant.To to, DataSource source) {
        String group = source.apiGroup() == null ? "" : source.apiGroup();
        String name = to.name() == null ? "" : to.name();
        return to.group().equals(group)
                && to.kind().equals(source.kind())
                && (name.isEmpty() || name.equals(source.name()));
    }
}
