package solo.provisioner.rules;

import solo.kube.model.PersistentVolume;
import solo.provisioner.model.ProvisionerNames;

/** Whose a PersistentVolume is: by its annotation, else by the driver that holds it, so static volumes count too. */
public final class VolumeOfThisDriver {
    private VolumeOfThisDriver() {}

    public static boolean is(PersistentVolume volume, String driver) {
        return owner(volume).equals(driver) || driver.equals(volume.meta().annotation(ProvisionerNames.MIGRATED_TO));
    }

    static String owner(PersistentVolume volume) {
        String provisionedBy = volume.meta().annotation(ProvisionerNames.PROVISIONED_BY);
        if (provisionedBy != null) {
            return provisionedBy;
        }
        return volume.csi() == null ? "" : volume.csi().driver();
    }
}
