package solo.app.explain;

/** How far an object has come: a volume on its way from a claim to a pod, a snapshot on its way to a backup. */
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
    DETACHING("is being detached from a node"),
    MOUNTING("is bound, its volume is being mounted"),
    MOUNTED("is bound and mounted"),
    AVAILABLE("is free"),
    RELEASED("has outlived its claim"),
    WAITS_FOR_CONTENT("waits for the content that it names"),
    PREPARING_SNAPSHOT("waits for what is needed to take it"),
    TAKING("waits to be taken by the driver"),
    LOOKED_UP("waits to be found by the driver"),
    TAKEN("is taken, but not ready to use yet"),
    READY("is ready to use"),
    CONTENT_LOST("has lost its content"),
    LEFT_BEHIND("has outlived its snapshot");

    private final String words;

    Stage(String words) {
        this.words = words;
    }

    /** What follows the object's name. */
    String words() {
        return words;
    }
}
