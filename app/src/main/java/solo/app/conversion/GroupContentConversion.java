package solo.app.conversion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import solo.app.conversion.Conversion.Converted;
import solo.app.conversion.Conversion.Refused;
import solo.kube.model.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A VolumeGroupSnapshotContent in another version of groupsnapshot.storage.k8s.io. v1 and v1beta2 look the same;
 * v1beta1 knows of a group's snapshots only their handles, so the rest travels in an annotation and nothing is lost.
 */
final class GroupContentConversion {

    static final String ANNOTATION = "groupsnapshot.storage.kubernetes.io/volume-snapshot-info-list";

    private static final String GROUP = "groupsnapshot.storage.k8s.io/";
    private static final String KIND = "VolumeGroupSnapshotContent";

    private static final Map<String, Members> MEMBERS_IN = Map.of(
            GROUP + "v1", Members.AS_INFO,
            GROUP + "v1beta2", Members.AS_INFO,
            GROUP + "v1beta1", Members.AS_PAIRS);

    /** The annotation is compared as text by some, so its keys have one order: that of Go. */
    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** How a version lists the snapshots of the group. */
    private enum Members {
        AS_INFO("volumeSnapshotInfoList"),
        AS_PAIRS("volumeSnapshotHandlePairList");

        private final String field;

        Members(String field) {
            this.field = field;
        }
    }

    private GroupContentConversion() {}

    static Conversion to(String desired, Json object) {
        String given = object.at("apiVersion").text("");
        String kind = object.at("kind").text("");
        if (given.equals(desired)) {
            return new Refused("the object is of " + desired + " already; there is nothing to convert");
        }
        if (!kind.equals(KIND)) {
            return new Refused("only a " + KIND + " is converted here, not a '" + kind + "'");
        }
        Members from = MEMBERS_IN.get(given);
        Members to = MEMBERS_IN.get(desired);
        if (from == null || to == null) {
            return new Refused("there is no conversion from '" + given + "' to '" + desired + "'");
        }
        Map<String, Object> copy = fields(object);
        copy.put("apiVersion", desired);
        if (from == to) {
            return new Converted(copy);
        }
        return to == Members.AS_PAIRS ? toPairs(copy, object) : toInfo(copy, object);
    }

    private static Conversion toPairs(Map<String, Object> copy, Json object) {
        Json members = object.at("status", Members.AS_INFO.field);
        if (!members.present()) {
            return new Converted(copy);
        }
        if (!areObjects(members)) {
            return new Refused("status." + Members.AS_INFO.field + " is no list of objects");
        }
        inside(copy, "metadata", "annotations").put(ANNOTATION, SORTED.writeValueAsString(members.value()));
        Map<String, Object> status = inside(copy, "status");
        status.remove(Members.AS_INFO.field);
        status.put(
                Members.AS_PAIRS.field,
                members.items().stream().map(GroupContentConversion::handles).toList());
        return new Converted(copy);
    }

    /** What is noted wins over the pairs, which a client of v1beta1 cannot have changed for the better. */
    private static Conversion toInfo(Map<String, Object> copy, Json object) {
        String noted = object.at("metadata", "annotations", ANNOTATION).text();
        Json members = noted == null ? object.at("status", Members.AS_PAIRS.field) : parsed(noted);
        if (noted == null && !members.present()) {
            return new Converted(copy);
        }
        if (!areObjects(members)) {
            String where = noted == null ? "status." + Members.AS_PAIRS.field : "the annotation " + ANNOTATION;
            return new Refused(where + " is no list of objects");
        }
        if (noted != null) {
            inside(copy, "metadata", "annotations").remove(ANNOTATION);
        }
        Map<String, Object> status = inside(copy, "status");
        status.remove(Members.AS_PAIRS.field);
        status.put(
                Members.AS_INFO.field, members.items().stream().map(Json::value).toList());
        return new Converted(copy);
    }

    private static Map<String, Object> handles(Json member) {
        Map<String, Object> handles = fields(member);
        handles.keySet().retainAll(List.of("volumeHandle", "snapshotHandle"));
        return handles;
    }

    private static boolean areObjects(Json list) {
        return list.value() instanceof List<?> items && items.stream().allMatch(item -> item instanceof Map<?, ?>);
    }

    /** Absent if it cannot be read. */
    private static Json parsed(String text) {
        try {
            return new Json(SORTED.readValue(text, Object.class));
        } catch (JacksonException malformed) {
            return new Json(null);
        }
    }

    /** The object of that field, copied so that it may be changed; made if there is none. */
    private static Map<String, Object> inside(Map<String, Object> object, String... path) {
        Map<String, Object> inside = object;
        for (String field : path) {
            Map<String, Object> next = fields(new Json(inside.get(field)));
            inside.put(field, next);
            inside = next;
        }
        return inside;
    }

    private static Map<String, Object> fields(Json object) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (object.value() instanceof Map<?, ?> given) {
            given.forEach((field, value) -> fields.put(String.valueOf(field), value));
        }
        return fields;
    }
}
