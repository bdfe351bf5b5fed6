package solo.kube.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A Kubernetes quantity (apimachinery resource.Quantity): the exact amount, and the text it was written as. */
public record Quantity(BigDecimal amount, String text) implements Comparable<Quantity> {

    private static final Pattern SHAPE =
            Pattern.compile("([+-]?[0-9]*\\.?[0-9]*)([eE][+-]?[0-9]{1,3}|[KMGTPE]i|[numkMGTPE]?)");
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

    /** Null if {@code text} is no quantity. */
    public static @Nullable Quantity parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches() || matcher.group(1).chars().noneMatch(Character::isDigit)) {
            return null;
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        String suffix = matcher.group(2);
        Integer power = DECIMAL.get(suffix);
        if (power != null) {
            return new Quantity(number.scaleByPowerOfTen(power), text);
        }
        if (suffix.endsWith("i")) {
            int step = BINARY.indexOf(suffix.charAt(0)) + 1;
            return new Quantity(number.multiply(BigDecimal.valueOf(1L << (10 * step))), text);
        }
        return new Quantity(number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1))), text);
    }

    /** Bytes written as BinarySI: the largest unit that divides them ({@code 5Gi, 5632Mi, 100Ki}), else plain. */
    public static Quantity ofBytes(long bytes) {
        int step = 0;
        long rest = bytes;
        while (rest != 0 && rest % 1024 == 0 && step < BINARY.length()) {
            rest /= 1024;
            step++;
        }
        String text = step == 0 ? Long.toString(bytes) : rest + BINARY.substring(step - 1, step) + "i";
        return new Quantity(BigDecimal.valueOf(bytes), text);
    }

    /** Whole bytes, rounded up, as Quantity.Value() does; what does not fit a long is cut to its largest value. */
    public long bytes() {
        BigDecimal whole = amount.setScale(0, RoundingMode.UP);
        return whole.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
    }

    /** By amount: {@code 1Gi} and {@code 1024Mi} compare as equal. */
    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }

    @Override
    public String toString() {
        return text;
    }
}
