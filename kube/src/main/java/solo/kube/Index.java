package solo.kube;

import java.util.Collection;
import java.util.function.Function;

/** A look-up that would otherwise scan a store: the values under which a record is found. */
public record Index<R>(String name, Function<R, Collection<String>> values) {}
