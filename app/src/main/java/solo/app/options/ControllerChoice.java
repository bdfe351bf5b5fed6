package solo.app.options;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Which controllers run: {@code *} for those that are on by default, a name, {@code -name}; as kube-controller-manager. */
public record ControllerChoice(Set<ControllerName> names) {

    public static final ControllerChoice DEFAULT = parse("*");

    public ControllerChoice {
        names = Collections.unmodifiableSet(EnumSet.copyOf(names));
    }

    public boolean has(ControllerName name) {
        return names.contains(name);
    }

    /** Whether one of them cannot do without a driver. */
    public boolean asksDriver() {
        return names.stream().anyMatch(ControllerName::asksDriver);
    }

    /**
     * One lease for all of them, named after the first: where one process does everything, or takes some sidecars'
     * place while others stay, it and the Go sidecar of that name exclude each other.
     */
    public String lease(String driver) {
        return names.iterator().next().lease(driver);
    }

    /** From left to right, so that {@code *,-attacher,healthmonitor} is what it seems to be. */
    public static ControllerChoice parse(String text) {
        Set<ControllerName> chosen = EnumSet.noneOf(ControllerName.class);
        for (String word : text.split(",", -1)) {
            switch (word.strip()) {
                case "*" ->
                    Arrays.stream(ControllerName.values())
                            .filter(ControllerName::onByDefault)
                            .forEach(chosen::add);
                case String off when off.startsWith("-") -> chosen.remove(named(off.substring(1), text));
                case String on -> chosen.add(named(on, text));
            }
        }
        if (chosen.isEmpty()) {
            throw new TypeConversionException("'" + text + "' leaves no controller; name at least one of " + known());
        }
        return new ControllerChoice(chosen);
    }

    private static ControllerName named(String word, String text) {
        return Arrays.stream(ControllerName.values())
                .filter(name -> name.text().equals(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "'" + word + "' in '" + text + "' is no controller; there are " + known()));
    }

    private static String known() {
        return Arrays.stream(ControllerName.values()).map(ControllerName::text).collect(Collectors.joining(", "));
    }

    /** For the command line. */
    public static final class Converter implements ITypeConverter<ControllerChoice> {
        @Override
        public ControllerChoice convert(String text) {
            return parse(text);
        }
    }
}
