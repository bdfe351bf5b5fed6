package solo.csi.model;

/** Who the driver says it is; the name is the one in StorageClass.provisioner and CSIDriver. */
public record DriverIdentity(String name, String version) {}
