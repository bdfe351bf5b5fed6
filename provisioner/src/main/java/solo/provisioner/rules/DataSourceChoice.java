package solo.provisioner.rules;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.PersistentVolumeClaim.DataSource;
import solo.provisioner.model.Feature;
import solo.provisioner.model.NotYet.LeftToPopulator;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.Unprepared.BadDataSource;

/** What a claim is to be filled from, if anything, and whether it may refer to it. */
public final class DataSourceChoice {

    static final String SNAPSHOT_GROUP = "snapshot.storage.k8s.io";
    static final String SNAPSHOT_KIND = "VolumeSnapshot";
    static final String CLAIM_KIND = "PersistentVolumeClaim";

    /** An empty volume, a snapshot restored, or a claim cloned. */
    sealed interface Choice {
        record Empty() implements Choice {}

        record Snapshot(ObjectKey key) implements Choice {}

        record Clone(ObjectKey key) implements Choice {}
    }

    private DataSourceChoice() {}

    /** spec.dataSource, else spec.dataSourceRef; null for none. */
    public static @Nullable DataSource given(PersistentVolumeClaim claim) {
        return claim.spec().dataSource() != null
                ? claim.spec().dataSource()
                : claim.spec().dataSourceRef();
    }

    static Finding<Choice> ask(ProvisioningView view) {
        PersistentVolumeClaim claim = view.claim();
        DataSource source = given(claim);
        if (source == null) {
            return Finding.found(new Choice.Empty());
        }
        String home = claim.key().namespace();
        ObjectKey key = source.in(home);
        if (!key.namespace().equals(home) || namespaceNamed(source)) {
            if (!view.options().has(Feature.CROSS_NAMESPACE_DATA_SOURCE)) {
                return refused(
                        "dataSourceRef names a namespace, but feature gate CrossNamespaceVolumeDataSource is off");
            }
            if (!key.namespace().equals(home)
                    && !ReferenceGrants.allow(view.sources().grants(), home, source, key)) {
                return refused("no ReferenceGrant in namespace " + key.namespace() + " lets claims of namespace " + home
                        + " refer to " + source.kind() + " " + key.name());
            }
        }
        return switch (source.kind()) {
            case SNAPSHOT_KIND -> snapshot(source, key);
            case CLAIM_KIND -> named(source) ? Finding.found(new Choice.Clone(key)) : nameless(source);
            default -> Finding.refused(new LeftToPopulator(source.kind()));
        };
    }

    private static Finding<Choice> snapshot(DataSource source, ObjectKey key) {
        if (!named(source)) {
            return nameless(source);
        }
        return Objects.equals(source.apiGroup(), SNAPSHOT_GROUP)
                ? Finding.found(new Choice.Snapshot(key))
                : refused("the data source of kind VolumeSnapshot must have apiGroup " + SNAPSHOT_GROUP);
    }

    private static Finding<Choice> nameless(DataSource source) {
        return refused("the data source of kind " + source.kind() + " has no name");
    }

    private static boolean named(DataSource source) {
        return !source.name().isEmpty();
    }

    private static boolean namespaceNamed(DataSource source) {
        return source.namespace() != null && !source.namespace().isEmpty();
    }

    private static Finding<Choice> refused(String why) {
        return Finding.refused(new BadDataSource(why));
    }
}
