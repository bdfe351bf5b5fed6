package solo.kube.fabric8;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Json;
import solo.kube.model.ResourceVersion;

/** A Lease as its tree; changes keep every field that we do not know. */
record LeaseRecord(Json tree) {

    private static final DateTimeFormatter MICRO_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** A new lease, held by us. */
    static Object first(LeaseOptions options, Instant now, Map<String, String> notes) {
        Map<String, Object> metadata = Map.of(
                "name",
                options.name(),
                "namespace",
                options.namespace(),
                "labels",
                options.labels(),
                "annotations",
                notes);
        Map<String, Object> spec = Map.of(
                "holderIdentity",
                options.identity(),
                "leaseDurationSeconds",
                options.timing().lease().toSeconds(),
                "acquireTime",
                MICRO_TIME.format(now),
                "renewTime",
                MICRO_TIME.format(now),
                "leaseTransitions",
                0);
        return Map.of("apiVersion", "coordination.k8s.io/v1", "kind", "Lease", "metadata", metadata, "spec", spec);
    }

    /** Empty if nobody holds it. */
    String holder() {
        return tree.at("spec", "holderIdentity").text("");
    }

    /** How long others must leave it alone after it changed. */
    Duration duration(Duration otherwise) {
        Long seconds = tree.at("spec", "leaseDurationSeconds").number();
        return seconds == null ? otherwise : Duration.ofSeconds(seconds);
    }

    long version() {
        return ResourceVersion.of(tree);
    }

    /** What its holder has noted on it. */
    Map<String, String> annotations() {
        return tree.at("metadata", "annotations").textMap();
    }

    /** The same lease, held by us from now on or still, with these annotations besides those it has. */
    Object held(LeaseOptions options, Instant now, Map<String, String> notes) {
        Map<String, @Nullable Object> spec = spec();
        if (!holder().equals(options.identity())) {
            Long transitions = tree.at("spec", "leaseTransitions").number();
            spec.put("leaseTransitions", transitions == null ? 1 : transitions + 1);
            spec.put("acquireTime", MICRO_TIME.format(now));
        }
        spec.put("holderIdentity", options.identity());
        spec.put("leaseDurationSeconds", options.timing().lease().toSeconds());
        spec.put("renewTime", MICRO_TIME.format(now));
        return with(spec, options.labels(), notes);
    }

    /** The same lease, free for whoever comes; a second of duration, as client-go leaves it. */
    Object released(Instant now, Map<String, String> notes) {
        Map<String, @Nullable Object> spec = spec();
        spec.put("holderIdentity", "");
        spec.put("leaseDurationSeconds", 1);
        spec.put("acquireTime", MICRO_TIME.format(now));
        spec.put("renewTime", MICRO_TIME.format(now));
        return with(spec, Map.of(), notes);
    }

    private Map<String, @Nullable Object> spec() {
        return fields(tree.at("spec"));
    }

    private Object with(
            Map<String, @Nullable Object> spec, Map<String, String> labels, Map<String, String> annotations) {
        Map<String, @Nullable Object> metadata = fields(tree.at("metadata"));
        add(metadata, "labels", labels);
        add(metadata, "annotations", annotations);
        Map<String, @Nullable Object> object = fields(tree);
        object.put("metadata", metadata);
        object.put("spec", spec);
        return object;
    }

    private void add(Map<String, @Nullable Object> metadata, String field, Map<String, String> more) {
        if (!more.isEmpty()) {
            Map<String, Object> all =
                    new LinkedHashMap<>(tree.at("metadata", field).textMap());
            all.putAll(more);
            metadata.put(field, all);
        }
    }

    private static Map<String, @Nullable Object> fields(Json json) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (json.value() instanceof Map<?, ?> map) {
            map.forEach((field, value) -> fields.put(String.valueOf(field), value));
        }
        return fields;
    }
}
