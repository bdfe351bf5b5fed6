package solo.app.explain;

/** How far a volume has come on its way from a claim to a pod. */
enum Stage {
    DELETING("is being deleted"),
    LOST("has lost its volume"),
    WAITS_FOR_CLASS("waits for a storage class"),
    WAITS_FOR_VOLUME("waits for a volume made by hand"),
    WAITS_FOR_NODE("waits for a node"),
    PREPARING("waits for what is needed to make its volume"),
    WAITS_FOR_DRIVER("waits for the driver to make its volume"),
    WAITS_FOR_BINDING("waits to be bound"),
    MODIFYING("is bound, its volume is being modified"),
    EXPANDING("is bound, its volume is being expanded"),
    BOUND("is bound"),
    ATTACHING("is bound, its volume is being attached"),
    MOUNTING("is bound, its volume is being mounted"),
    MOUNTED("is bound and mounted"),
    AVAILABLE("is free"),
    RELEASED("has outlived its claim");

    private final String words;

    Stage(String words) {
        this.words = words;
    }

    /** What follows the object's name. */
    String words() {
        return words;
    }
}
