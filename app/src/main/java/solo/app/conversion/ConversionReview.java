package solo.app.conversion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import solo.app.conversion.Conversion.Converted;
import solo.app.conversion.Conversion.Refused;
import solo.kube.model.Json;

/** What the API server asks, ConversionReview of apiextensions.k8s.io/v1, and how it is answered. */
final class ConversionReview {

    private static final String API_VERSION = "apiextensions.k8s.io/v1";
    private static final String KIND = "ConversionReview";

    sealed interface Answer {

        /** A review with a response: all objects in their order, or one sentence why there are none. */
        record Reviewed(Map<String, Object> review) implements Answer {}

        /** This is no question. */
        record NoReview(String sentence) implements Answer {}
    }

    private ConversionReview() {}

    static Answer answer(Json review) {
        String kind = review.at("kind").text("");
        String version = review.at("apiVersion").text("");
        if (!kind.equals(KIND) || !version.equals(API_VERSION)) {
            return new Answer.NoReview(
                    "a " + KIND + " of " + API_VERSION + " is expected here, not '" + kind + "' of '" + version + "'");
        }
        Json request = review.at("request");
        if (!request.present()) {
            return new Answer.NoReview("the " + KIND + " has no request");
        }
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("uid", request.at("uid").text(""));
        response.putAll(converted(
                request.at("desiredAPIVersion").text(""), request.at("objects").items()));
        return new Answer.Reviewed(Map.of("apiVersion", API_VERSION, "kind", KIND, "response", response));
    }

    private static Map<String, Object> converted(String desired, List<Json> objects) {
        List<Map<String, Object>> converted = new ArrayList<>();
        for (Json object : objects) {
            switch (GroupContentConversion.to(desired, object)) {
                case Converted(Map<String, Object> done) -> converted.add(done);
                case Refused(String sentence) -> {
                    return Map.of("result", Map.of("status", "Failure", "message", sentence));
                }
            }
        }
        return Map.of("convertedObjects", converted, "result", Map.of("status", "Success"));
    }
}
