package solo.kube.model;

import java.util.Map;

/**
 * How snapshots are taken (snapshot.storage.k8s.io/v1 VolumeSnapshotClass).
 *
 * @param deletionPolicy Delete or Retain, for the contents made of it
 */
public record VolumeSnapshotClass(ObjectMeta meta, String driver, String deletionPolicy, Map<String, String> parameters)
        implements Projected {

    /** Makes it the class of snapshots that name none, for volumes of its driver. */
    public static final String IS_DEFAULT = "snapshot.storage.kubernetes.io/is-default-class";

    public VolumeSnapshotClass {
        parameters = Map.copyOf(parameters);
    }

    /** Only the very word {@code true} counts, as in external-snapshotter. */
    public boolean isDefault() {
        return "true".equals(meta.annotation(IS_DEFAULT));
    }

    public static VolumeSnapshotClass of(Json object) {
        return new VolumeSnapshotClass(
                ObjectMeta.of(object, IS_DEFAULT::equals),
                object.at("driver").text("").intern(),
                object.at("deletionPolicy").text(""),
                object.at("parameters").textMap());
    }
}
