package solo.driver;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import solo.csi.CsiException;
import solo.driver.backend.Backend;
import solo.driver.backend.MutableParameter;
import solo.driver.state.VolumeSpec;

/** What a VolumeAttributesClass says: all of it means something to this sort of volume, or nothing is changed. */
final class MutableParameters {
    private MutableParameters() {}

    static SortedMap<String, String> of(Map<String, String> asked, Backend backend, VolumeSpec spec)
            throws CsiException {
        var refusal = refusal(asked, backend, spec);
        if (refusal.isPresent()) {
            throw Refusals.invalid(refusal.get());
        }
        return meant(asked);
    }

    /** Without the controllers' own. */
    static SortedMap<String, String> meant(Map<String, String> asked) {
        var meant = new TreeMap<>(asked);
        meant.keySet().removeIf(MutableParameters::reserved);
        return meant;
    }

    /** What is wrong with them, as a sentence; empty when nothing is. */
    static Optional<String> refusal(Map<String, String> asked, Backend backend, VolumeSpec spec) {
        List<MutableParameter> known = backend.mutableParameters(spec);
        for (Map.Entry<String, String> parameter : new TreeMap<>(asked).entrySet()) {
            String name = parameter.getKey();
            Optional<MutableParameter> meant =
                    known.stream().filter(one -> one.name().equals(name)).findFirst();
            if (meant.isEmpty() && !reserved(name)) {
                return Optional.of("unknown mutable parameter " + name + " in the VolumeAttributesClass; "
                        + (spec.block() ? "a raw block volume" : "a volume") + " of the backend " + backend.name()
                        + " knows " + names(known));
            }
            if (meant.isPresent() && !meant.get().allowed().test(parameter.getValue())) {
                return Optional.of("mutable parameter " + name + " in the VolumeAttributesClass is "
                        + meant.get().values() + ", not \"" + parameter.getValue() + "\"");
            }
        }
        return Optional.empty();
    }

    private static String names(List<MutableParameter> known) {
        return known.isEmpty()
                ? "none"
                : known.stream().map(MutableParameter::name).sorted().collect(Collectors.joining(", "));
    }

    private static boolean reserved(String name) {
        return name.startsWith(ClassParameters.RESERVED);
    }
}
