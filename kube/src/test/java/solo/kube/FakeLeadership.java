package solo.kube;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Leads when told to. */
final class FakeLeadership implements Leadership {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean leading = true;

    @Override
    public boolean leading() {
        return leading;
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    void lead(boolean now) {
        leading = now;
        listeners.forEach(Runnable::run);
    }
}
