package solo.kube.model;

import java.util.Map;

/**
 * How groups of snapshots are taken (groupsnapshot.storage.k8s.io/v1 VolumeGroupSnapshotClass).
 *
 * @param deletionPolicy Delete or Retain, for the contents made of it
 */
public record VolumeGroupSnapshotClass(
        ObjectMeta meta, String driver, String deletionPolicy, Map<String, String> parameters) implements Projected {

    /** Makes it the class of groups that name none, for volumes of its driver. */
    public static final String IS_DEFAULT = "groupsnapshot.storage.kubernetes.io/is-default-class";

    public VolumeGroupSnapshotClass {
        parameters = Map.copyOf(parameters);
    }

    /** Only the very word {@code true} counts, as in external-snapshotter. */
    public boolean isDefault() {
        return "true".equals(meta.annotation(IS_DEFAULT));
    }

    public static VolumeGroupSnapshotClass of(Json object) {
        return new VolumeGroupSnapshotClass(
                ObjectMeta.of(object, IS_DEFAULT::equals),
                object.at("driver").text("").intern(),
                object.at("deletionPolicy").text(""),
                object.at("parameters").textMap());
    }
}
