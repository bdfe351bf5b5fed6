package solo.driver.backend;

import java.util.List;
import java.util.TreeSet;
import solo.driver.state.VolumeSpec;

/** What an image is to hold, by what its volume was asked to be. */
sealed interface ImageContent {
    /** The StorageClass parameter, for those who do not name a filesystem in the volume's capability. */
    String FS_TYPE = "fsType";

    /** Whatever pods write. */
    record Raw() implements ImageContent {}

    record Formatted(Filesystem filesystem) implements ImageContent {}

    /** Nothing can be all that; why, as a sentence. */
    record Impossible(String why) implements ImageContent {}

    default List<MutableParameter> mutableParameters() {
        return switch (this) {
            case Raw() -> List.of(MutableParameter.READ_AHEAD);
            case Formatted(Filesystem filesystem) -> filesystem.mutableParameters();
            case Impossible(String why) -> List.of();
        };
    }

    static ImageContent of(VolumeSpec spec) {
        var types = new TreeSet<>(spec.fsTypes());
        String parameter = spec.parameters().get(FS_TYPE);
        if (parameter != null && !spec.block()) {
            types.add(parameter);
        }
        if (spec.block()) {
            return spec.mounted()
                    ? new Impossible("one volume of the backend image cannot be both a raw block volume and mounted")
                    : new Raw();
        }
        if (types.size() > 1) {
            return new Impossible("a volume cannot have several filesystems: " + String.join(", ", types));
        }
        return types.isEmpty() ? new Formatted(Filesystem.DEFAULT) : named(types.first());
    }

    private static ImageContent named(String type) {
        return Filesystem.named(type)
                .<ImageContent>map(Formatted::new)
                .orElseGet(() -> new Impossible(
                        "the backend image cannot make the filesystem " + type + "; it knows " + Filesystem.names()));
    }
}
