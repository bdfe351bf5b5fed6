package solo.provisioner.rules;

import java.util.Optional;
import solo.csi.model.ContentSource;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.rules.DataSourceChoice.Choice;

/** What the driver is to fill the new volume from. */
final class ContentSourceOf {
    private ContentSourceOf() {}

    static Finding<Optional<ContentSource>> ask(ProvisioningView view) {
        return DataSourceChoice.ask(view).then(choice -> switch (choice) {
            case Choice.Empty() -> Finding.found(Optional.empty());
            case Choice.Snapshot(var key) ->
                SnapshotSource.of(view, key).then(source -> Finding.found(Optional.of(source)));
            case Choice.Clone(var key) -> CloneSource.of(view, key).then(source -> Finding.found(Optional.of(source)));
        });
    }
}
