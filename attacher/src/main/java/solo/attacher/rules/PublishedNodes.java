package solo.attacher.rules;

import java.util.Set;
import solo.attacher.model.AttachView;
import solo.attacher.model.AttachedVolume;
import solo.attacher.model.Finding;
import solo.attacher.model.Listing;

/**
 * Does the driver's own list of published nodes contradict an attachment's status? external-attacher, ReconcileVA: the
 * answer only makes the driver be called once more, it never changes an object.
 */
public final class PublishedNodes {
    private PublishedNodes() {}

    public static boolean contradict(AttachView view, Listing listing, String driver) {
        if (!(AttachedVolumeOf.of(view) instanceof Finding.Found<AttachedVolume>(AttachedVolume volume))
                || !(NodeIdOf.detaching(view.attachment(), view.node(), driver)
                        instanceof Finding.Found<String>(String nodeId))) {
            return false;
        }
        Set<String> published = listing.publishedNodes().getOrDefault(volume.handle(), Set.of());
        return published != null
                && published.contains(nodeId) != view.attachment().status().attached();
    }
}
