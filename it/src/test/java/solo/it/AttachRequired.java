package solo.it;

import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.CSIDriverBuilder;
import java.util.concurrent.TimeUnit;

/** While this is open the bundled driver's CSIDriver says attachRequired. */
final class AttachRequired implements AutoCloseable {

    private static final String DRIVER = "local.csi.solo";

    private final Bench bench;
    private final CSIDriver without;

    AttachRequired(Bench bench) {
        this.bench = bench;
        this.without =
                bench.client().storage().v1().csiDrivers().withName(DRIVER).require();
        replace(true);
    }

    /** attachRequired cannot be changed, so the object is made anew. */
    private void replace(boolean attachRequired) {
        var drivers = bench.client().storage().v1().csiDrivers();
        drivers.withName(DRIVER).delete();
        drivers.withName(DRIVER).waitUntilCondition(gone -> gone == null, 30, TimeUnit.SECONDS);
        drivers.resource(new CSIDriverBuilder(without)
                        .editMetadata()
                        .withResourceVersion(null)
                        .withUid(null)
                        .endMetadata()
                        .editSpec()
                        .withAttachRequired(attachRequired)
                        .endSpec()
                        .build())
                .create();
    }

    @Override
    public void close() {
        replace(false);
    }
}
