package solo.driver;

import java.util.ArrayList;
import java.util.List;

/**
 * One volume between the calls that may come next: the same in a process that is killed and in the one that comes after
 * it. Its id is its sort: {@code dir}, a filesystem, or {@code block}.
 */
final class VolumeLife {
    enum Phase {
        GONE,
        MADE,
        ATTACHED,
        STAGED,
        PUBLISHED
    }

    /** Each is safe to repeat from its beginning; between them they make every call of the driver. */
    enum Action {
        MAKE,
        ATTACH,
        STAGE,
        PUBLISH,
        ASK,
        ASK_NODE,
        GROW,
        MODIFY,
        COPY,
        CLONE,
        TELL_BLOCKS,
        GROUP,
        INLINE,
        UNPUBLISH,
        UNSTAGE,
        DETACH,
        DELETE
    }

    private static final String NOT_YET = "-";

    private final String id;
    private Phase phase;
    /** A pod has written into it and was told that this is safe. */
    private boolean written;
    /** The value of the mutable parameter that it was told last. */
    private String told;

    private VolumeLife(String id, Phase phase, boolean written, String told) {
        this.id = id;
        this.phase = phase;
        this.written = written;
        this.told = told;
    }

    static VolumeLife notBegun(String id) {
        return new VolumeLife(id, Phase.GONE, false, NOT_YET);
    }

    /** The opposite of {@link #toString}. */
    static VolumeLife parse(String text) {
        String[] words = text.split(" ", 4);
        return new VolumeLife(words[0], Phase.valueOf(words[1]), Boolean.parseBoolean(words[2]), words[3]);
    }

    @Override
    public String toString() {
        return id + " " + phase + " " + written + " " + told;
    }

    String id() {
        return id;
    }

    Phase phase() {
        return phase;
    }

    boolean written() {
        return written;
    }

    boolean isImage() {
        return !id.equals("dir");
    }

    boolean exists() {
        return phase != Phase.GONE;
    }

    boolean isStaged() {
        return phase.compareTo(Phase.STAGED) >= 0;
    }

    boolean isAttached() {
        return phase.compareTo(Phase.ATTACHED) >= 0;
    }

    boolean wasModified() {
        return !told.equals(NOT_YET);
    }

    String mutableParameter() {
        return switch (id) {
            case "dir" -> "atime";
            case ImageRequests.BLOCK -> "readAheadKiB";
            default -> "discard";
        };
    }

    String toldValue() {
        return told;
    }

    /** Another one than it has, so that a change can be seen. */
    String nextValue() {
        List<String> values = switch (id) {
            case "dir" -> List.of("noatime", "relatime");
            case ImageRequests.BLOCK -> List.of("256", "128");
            default -> List.of("false", "true");
        };
        return told.equals(values.getFirst()) ? values.getLast() : values.getFirst();
    }

    List<Action> possible() {
        var possible = new ArrayList<Action>(
                switch (phase) {
                    case GONE -> List.of(Action.MAKE, Action.MAKE, Action.INLINE);
                    case MADE -> List.of(Action.ATTACH, Action.ATTACH, Action.ATTACH, Action.GROW, Action.DELETE);
                    case ATTACHED -> List.of(Action.STAGE, Action.STAGE, Action.STAGE, Action.DETACH);
                    case STAGED -> List.of(Action.PUBLISH, Action.PUBLISH, Action.PUBLISH, Action.UNSTAGE);
                    case PUBLISHED -> List.of(Action.UNPUBLISH, Action.UNPUBLISH, Action.ASK_NODE, Action.GROW);
                });
        if (exists()) {
            possible.addAll(
                    List.of(Action.ASK, Action.MODIFY, Action.COPY, Action.CLONE, Action.TELL_BLOCKS, Action.GROUP));
        }
        return possible;
    }

    /** The way to an end of it all. */
    Action towardsTheEnd() {
        return switch (phase) {
            case GONE, MADE -> Action.DELETE;
            case ATTACHED -> Action.DETACH;
            case STAGED -> Action.UNSTAGE;
            case PUBLISHED -> Action.UNPUBLISH;
        };
    }

    void done(Action action) {
        if (action == Action.MODIFY) {
            told = nextValue();
        }
        phase = switch (action) {
            case MAKE, DETACH -> Phase.MADE;
            case ATTACH, UNSTAGE -> Phase.ATTACHED;
            case STAGE, UNPUBLISH -> Phase.STAGED;
            case PUBLISH -> Phase.PUBLISHED;
            case DELETE -> Phase.GONE;
            case ASK, ASK_NODE, GROW, MODIFY, COPY, CLONE, TELL_BLOCKS, GROUP, INLINE -> phase;
        };
        written = action == Action.PUBLISH || (written && action != Action.DELETE);
        told = action == Action.DELETE ? NOT_YET : told;
    }
}
