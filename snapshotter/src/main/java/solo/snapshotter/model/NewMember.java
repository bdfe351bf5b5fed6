package solo.snapshotter.model;

import java.util.List;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectReference;

/**
 * The VolumeSnapshot that is to be made for one volume of a group.
 *
 * @param claimName empty where nobody knows the claim any more, as in Go
 */
public record NewMember(ObjectKey key, ObjectReference group, String claimName, List<String> finalizers) {
    public NewMember {
        finalizers = List.copyOf(finalizers);
    }
}
