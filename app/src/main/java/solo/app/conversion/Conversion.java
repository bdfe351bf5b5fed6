package solo.app.conversion;

import java.util.Map;

/** What becomes of one object. */
sealed interface Conversion {

    /** The object in the version that was asked for; what it was made of is unchanged. */
    record Converted(Map<String, Object> object) implements Conversion {}

    /** It cannot be converted; the API server shows the sentence to whoever asked for the object. */
    record Refused(String sentence) implements Conversion {}
}
