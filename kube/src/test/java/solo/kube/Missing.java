package solo.kube;

import solo.kube.model.Actor;
import solo.kube.model.EventNote;
import solo.kube.model.Reason;

/** A reason made up for tests. */
record Missing(String what) implements Reason {

    @Override
    public String message() {
        return what + " is missing";
    }

    @Override
    public Actor actor() {
        return Actor.ADMINISTRATOR;
    }

    @Override
    public EventNote event() {
        return EventNote.warning("Missing", message());
    }
}
