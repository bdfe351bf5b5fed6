package solo.app.explain;

import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.simulation.ObjectBuilder;

/** What somebody has recorded about an object. */
final class EventBuilder extends ObjectBuilder<EventBuilder> {

    EventBuilder() {
        super(new Resource("", "v1", "events", "Event", Scope.NAMESPACED), "default/event.1");
    }

    @Override
    protected EventBuilder self() {
        return this;
    }
}
