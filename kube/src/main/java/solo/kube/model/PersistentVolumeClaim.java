package solo.kube.model;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A claim as all controllers see it (core/v1 PersistentVolumeClaim). */
public record PersistentVolumeClaim(ObjectMeta meta, Spec spec, Status status) implements Projected {

    /** Set while a claim still asks for its class the old way; wins over spec.storageClassName. */
    public static final String BETA_STORAGE_CLASS = "volume.beta.kubernetes.io/storage-class";

    /**
     * What the user wants.
     *
     * @param storageClassName as in the spec; ask {@link #className()} for the one that counts
     * @param hasSelector true even for an empty selector
     */
    public record Spec(
            @Nullable String storageClassName,
            List<String> accessModes,
            @Nullable String volumeMode,
            @Nullable Quantity storage,
            boolean hasSelector,
            @Nullable String volumeName,
            @Nullable DataSource dataSource,
            @Nullable DataSource dataSourceRef,
            @Nullable String volumeAttributesClassName) {
        public Spec {
            accessModes = List.copyOf(accessModes);
        }
    }

    /**
     * What it got.
     *
     * @param phase empty until the controller-manager has seen the claim
     */
    public record Status(
            String phase,
            @Nullable Quantity capacity,
            @Nullable Quantity allocatedStorage,
            @Nullable String allocatedStorageStatus,
            @Nullable String currentVolumeAttributesClassName,
            @Nullable ModifyVolumeStatus modifyVolume,
            List<Condition> conditions) {
        public Status {
            conditions = List.copyOf(conditions);
        }
    }

    /** Where the content comes from; {@code namespace} only in dataSourceRef, null for the claim's own. */
    public record DataSource(
            @Nullable String apiGroup,
            String kind,
            String name,
            @Nullable String namespace) {

        /** The source's key, seen from a claim of this namespace. */
        public ObjectKey in(String claimNamespace) {
            return new ObjectKey(namespace == null || namespace.isEmpty() ? claimNamespace : namespace, name);
        }
    }

    /** status.modifyVolumeStatus. */
    public record ModifyVolumeStatus(
            String status, @Nullable String target) {}

    /** One of status.conditions. */
    public record Condition(
            String type,
            String status,
            @Nullable String reason,
            @Nullable String message) {}

    /** The class that counts: beta annotation, else spec, else empty. */
    public String className() {
        String beta = meta.annotation(BETA_STORAGE_CLASS);
        if (beta != null) {
            return beta;
        }
        return spec.storageClassName == null ? "" : spec.storageClassName;
    }

    /** Not bound yet, and not lost. */
    public boolean pending() {
        return status.phase().isEmpty() || status.phase().equals("Pending");
    }

    /** What it is filled from, by either field. */
    public Stream<DataSource> dataSources() {
        return Stream.of(spec.dataSource(), spec.dataSourceRef()).flatMap(Stream::ofNullable);
    }

    /** Raw block rather than a filesystem; an absent mode is Filesystem. */
    public boolean block() {
        return "Block".equals(spec.volumeMode);
    }

    public static PersistentVolumeClaim of(Json object) {
        Json spec = object.at("spec");
        Json status = object.at("status");
        Json modify = status.at("modifyVolumeStatus");
        return new PersistentVolumeClaim(
                ObjectMeta.of(object, key -> !key.startsWith("kubectl.kubernetes.io/")),
                new Spec(
                        interned(spec.at("storageClassName").text()),
                        spec.at("accessModes").texts().stream()
                                .map(String::intern)
                                .toList(),
                        interned(spec.at("volumeMode").text()),
                        spec.at("resources", "requests", "storage").quantity(),
                        spec.at("selector").present(),
                        spec.at("volumeName").text(),
                        dataSource(spec.at("dataSource")),
                        dataSource(spec.at("dataSourceRef")),
                        interned(spec.at("volumeAttributesClassName").text())),
                new Status(
                        status.at("phase").text("").intern(),
                        status.at("capacity", "storage").quantity(),
                        status.at("allocatedResources", "storage").quantity(),
                        interned(status.at("allocatedResourceStatuses", "storage")
                                .text()),
                        interned(status.at("currentVolumeAttributesClassName").text()),
                        modify.present()
                                ? new ModifyVolumeStatus(
                                        modify.at("status").text(""),
                                        modify.at("targetVolumeAttributesClassName")
                                                .text())
                                : null,
                        status.at("conditions").items().stream()
                                .map(condition -> new Condition(
                                        condition.at("type").text("").intern(),
                                        condition.at("status").text("").intern(),
                                        condition.at("reason").text(),
                                        condition.at("message").text()))
                                .toList()));
    }

    private static @Nullable DataSource dataSource(Json source) {
        return source.present()
                ? new DataSource(
                        interned(source.at("apiGroup").text()),
                        source.at("kind").text("").intern(),
                        source.at("name").text(""),
                        source.at("namespace").text())
                : null;
    }

    private static @Nullable String interned(@Nullable String text) {
        return text == null ? null : text.intern();
    }
}
