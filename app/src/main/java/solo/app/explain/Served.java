package solo.app.explain;

/** Whether the API server serves VolumeAttributesClasses in v1 (Kubernetes 1.34). */
enum Served {
    ATTRIBUTES_CLASSES,
    NO_ATTRIBUTES_CLASSES
}
