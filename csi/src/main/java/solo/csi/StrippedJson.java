package solo.csi;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import csi.v1.CsiProto;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A CSI message as one line of JSON that is safe to log: every field that the specification marks as secret shows only
 * that it was there. Names and layout are those of csi-lib-utils' protosanitizer; long lists are summarised.
 */
public final class StrippedJson {
    private static final String STRIPPED = "\"***stripped***\"";
    private static final int LONGEST_LIST = 20;

    private final StringBuilder json = new StringBuilder();

    private StrippedJson() {}

    public static String of(Message message) {
        var stripped = new StrippedJson();
        stripped.message(message);
        return stripped.json.toString();
    }

    private void message(Message message) {
        var byName = new TreeMap<String, Map.Entry<FieldDescriptor, Object>>();
        message.getAllFields().entrySet().forEach(field -> byName.put(officialName(field.getKey()), field));
        json.append('{');
        String separator = "";
        for (Map.Entry<String, Map.Entry<FieldDescriptor, Object>> entry : byName.entrySet()) {
            json.append(separator);
            string(entry.getKey());
            json.append(':');
            field(entry.getValue().getKey(), entry.getValue().getValue());
            separator = ",";
        }
        json.append('}');
    }

    // The one name that differs from the specification's; see csi.proto.
    private static String officialName(FieldDescriptor field) {
        return field.getName().equals("mutable_params") ? "mutable_parameters" : field.getName();
    }

    private void field(FieldDescriptor field, Object value) {
        if (field.getOptions().getExtension(CsiProto.csiSecret)) {
            json.append(STRIPPED);
        } else if (field.isMapField()) {
            map((List<?>) value);
        } else if (field.isRepeated()) {
            list((List<?>) value);
        } else {
            value(value);
        }
    }

    private void map(List<?> entries) {
        var sorted = new TreeMap<String, Object>();
        for (Object entry : entries) {
            Message pair = (Message) entry;
            List<FieldDescriptor> keyAndValue = pair.getDescriptorForType().getFields();
            sorted.put(String.valueOf(pair.getField(keyAndValue.get(0))), pair.getField(keyAndValue.get(1)));
        }
        json.append('{');
        String separator = "";
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            json.append(separator);
            string(entry.getKey());
            json.append(':');
            value(entry.getValue());
            separator = ",";
        }
        json.append('}');
    }

    private void list(List<?> values) {
        json.append('[');
        String separator = "";
        for (Object value : values.subList(0, Math.min(values.size(), LONGEST_LIST))) {
            json.append(separator);
            value(value);
            separator = ",";
        }
        if (values.size() > LONGEST_LIST) {
            json.append(separator);
            string((values.size() - LONGEST_LIST) + " more");
        }
        json.append(']');
    }

    private void value(Object value) {
        switch (value) {
            case Message message -> message(message);
            // An enum number that this version does not know has no name.
            case EnumValueDescriptor constant when constant.getIndex() < 0 -> json.append(constant.getNumber());
            case EnumValueDescriptor constant -> string(constant.getName());
            case Number number -> json.append(number);
            case Boolean truth -> json.append(truth);
            default -> string(value.toString());
        }
    }

    private void string(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ') {
                        json.append(String.format("\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
