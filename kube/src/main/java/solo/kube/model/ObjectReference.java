package solo.kube.model;

/** Points at an object the way events and claimRefs do. */
public record ObjectReference(String apiVersion, String kind, ObjectKey key, String uid, String resourceVersion) {}
