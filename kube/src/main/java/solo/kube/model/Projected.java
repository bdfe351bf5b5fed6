package solo.kube.model;

/** A record made from an API object: everything our rules read of it and nothing more. */
public interface Projected {
    ObjectMeta meta();

    default ObjectKey key() {
        return meta().key();
    }

    default String uid() {
        return meta().uid();
    }
}
