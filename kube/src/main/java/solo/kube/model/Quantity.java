package solo.kube.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Kubernetes quantities (apimachinery resource.Quantity) as exact numbers, and bytes as quantities. */
public final class Quantity {

    private static final Pattern SHAPE =
            Pattern.compile("([+-]?[0-9]*\\.?[0-9]*)([eE][+-]?[0-9]+|[KMGTPE]i|[numkMGTPE]?)");
    private static final String BINARY = "KMGTPE";
    private static final Map<String, Integer> DECIMAL = Map.ofEntries(
            Map.entry("n", -9),
            Map.entry("u", -6),
            Map.entry("m", -3),
            Map.entry("", 0),
            Map.entry("k", 3),
            Map.entry("M", 6),
            Map.entry("G", 9),
            Map.entry("T", 12),
            Map.entry("P", 15),
            Map.entry("E", 18));

    private Quantity() {}

    /** The exact value, or null if {@code text} is no quantity. */
    public static @Nullable BigDecimal parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches() || matcher.group(1).chars().noneMatch(Character::isDigit)) {
            return null;
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        String suffix = matcher.group(2);
        Integer power = DECIMAL.get(suffix);
        if (power != null) {
            return number.scaleByPowerOfTen(power);
        }
        if (suffix.endsWith("i")) {
            int step = BINARY.indexOf(suffix.charAt(0)) + 1;
            return number.multiply(BigDecimal.valueOf(1L << (10 * step)));
        }
        return number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1)));
    }

    /** Whole bytes, rounded up, as Quantity.Value() does; what does not fit a long is cut to its largest value. */
    public static long bytes(BigDecimal amount) {
        BigDecimal whole = amount.setScale(0, RoundingMode.UP);
        return whole.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
    }

    /** Bytes as a BinarySI quantity: the largest unit that divides them ({@code 5Gi, 5632Mi, 100Ki}), else plain. */
    public static String ofBytes(long bytes) {
        int step = 0;
        long rest = bytes;
        while (rest != 0 && rest % 1024 == 0 && step < BINARY.length()) {
            rest /= 1024;
            step++;
        }
        return step == 0 ? Long.toString(bytes) : rest + BINARY.substring(step - 1, step) + "i";
    }
}
