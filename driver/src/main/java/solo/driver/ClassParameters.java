package solo.driver;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import solo.csi.CsiException;
import solo.driver.backend.Backend;

/** What a StorageClass says to the driver: the backend, and what that backend should know. */
record ClassParameters(Backend backend, SortedMap<String, String> parameters) {
    static final String BACKEND = "backend";
    private static final String DEFAULT_BACKEND = "dir";

    /**
     * The provisioner's own: CreateVolume gets who asked ({@code --extra-create-metadata}), GetCapacity a class's
     * filesystem and secrets too, which external-provisioner takes out for CreateVolume only.
     */
    static final String RESERVED = "csi.storage.k8s.io/";

    static ClassParameters of(Map<String, String> parameters, Collection<Backend> backends) throws CsiException {
        Backend backend = backend(parameters.getOrDefault(BACKEND, DEFAULT_BACKEND), backends);
        var known = new TreeSet<>(backend.parameters());
        known.add(BACKEND);
        var meant = new TreeMap<String, String>();
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            if (known.contains(parameter.getKey())) {
                meant.put(parameter.getKey(), parameter.getValue());
            } else if (!parameter.getKey().startsWith(RESERVED)) {
                throw Refusals.invalid("unknown parameter " + parameter.getKey() + " in the StorageClass; the backend "
                        + backend.name() + " knows " + String.join(", ", known));
            }
        }
        meant.put(BACKEND, backend.name());
        return new ClassParameters(backend, meant);
    }

    private static Backend backend(String name, Collection<Backend> backends) throws CsiException {
        for (Backend backend : backends) {
            if (backend.name().equals(name)) {
                return backend;
            }
        }
        throw Refusals.invalid("unknown backend " + name + " in the StorageClass; there is "
                + String.join(
                        ", ", backends.stream().map(Backend::name).sorted().toList()));
    }
}
