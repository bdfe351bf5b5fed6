package solo.kube;

import org.jspecify.annotations.Nullable;

/** A record that appeared ({@code before} null), changed, or went ({@code after} null). */
public record Change<R>(@Nullable R before, @Nullable R after) {}
