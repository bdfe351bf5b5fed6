package solo.kube.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which objects are meant by their labels (meta/v1 LabelSelector): all conditions have to hold, and none at all mean
 * every object.
 */
public record LabelSelector(Map<String, String> matchLabels, List<Requirement> matchExpressions) {

    private static final String IN = "In";
    private static final String NOT_IN = "NotIn";
    private static final String EXISTS = "Exists";
    private static final String DOES_NOT_EXIST = "DoesNotExist";

    /** One of matchExpressions; the API server takes any operator here, so that it may be one that does not exist. */
    public record Requirement(String key, String operator, List<String> values) {
        public Requirement {
            values = List.copyOf(values);
        }

        @Nullable
        String problem() {
            return switch (operator) {
                case IN, NOT_IN -> values.isEmpty() ? operator + " of label " + key + " needs values" : null;
                case EXISTS, DOES_NOT_EXIST ->
                    values.isEmpty() ? null : operator + " of label " + key + " takes no values";
                default -> "\"" + operator + "\" of label " + key + " is not a valid label selector operator";
            };
        }

        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                // As in Kubernetes an object without the label is meant, too.
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
                default -> false;
            };
        }

        /** As kubectl writes it. */
        String text() {
            String list = values.stream().sorted().collect(Collectors.joining(",", "(", ")"));
            return switch (operator) {
                case IN -> key + " in " + list;
                case NOT_IN -> key + " notin " + list;
                case EXISTS -> key;
                case DOES_NOT_EXIST -> "!" + key;
                default -> key + " " + operator + " " + list;
            };
        }
    }

    public LabelSelector {
        matchLabels = Map.copyOf(matchLabels);
        matchExpressions = List.copyOf(matchExpressions);
    }

    /** What is wrong with it, or null: one that cannot be understood matches nothing. */
    public @Nullable String problem() {
        return matchExpressions.stream()
                .flatMap(one -> Stream.ofNullable(one.problem()))
                .findFirst()
                .orElse(null);
    }

    public boolean matches(Map<String, String> labels) {
        return labels.entrySet().containsAll(matchLabels.entrySet())
                && matchExpressions.stream().allMatch(one -> one.matches(labels));
    }

    /** As kubectl writes it: {@code app=db,tier in (a,b)}. */
    @Override
    public String toString() {
        String text = Stream.concat(
                        new TreeMap<>(matchLabels)
                                .entrySet().stream().map(label -> label.getKey() + "=" + label.getValue()),
                        matchExpressions.stream().map(Requirement::text))
                .collect(Collectors.joining(","));
        return text.isEmpty() ? "<none>" : text;
    }

    static @Nullable LabelSelector of(Json selector) {
        return selector.present()
                ? new LabelSelector(
                        selector.at("matchLabels").textMap(),
                        selector.at("matchExpressions").items().stream()
                                .map(one -> new Requirement(
                                        one.at("key").text(""),
                                        one.at("operator").text(""),
                                        one.at("values").texts()))
                                .toList())
                : null;
    }
}
