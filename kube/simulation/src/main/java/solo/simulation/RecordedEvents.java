package solo.simulation;

import java.util.ArrayList;
import java.util.List;
import solo.kube.Events;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectReference;

/** Keeps the events that were recorded, for a test to look at. */
public final class RecordedEvents implements Events {

    /** One event, in the order of recording. */
    public record Entry(ObjectReference about, EventNote note) {}

    private final List<Entry> entries = new ArrayList<>();

    @Override
    public synchronized void record(ObjectReference about, EventNote note) {
        entries.add(new Entry(about, note));
    }

    public synchronized List<Entry> all() {
        return List.copyOf(entries);
    }

    /** What was said about the object of this name. */
    public List<EventNote> about(ObjectKey key) {
        return all().stream()
                .filter(entry -> entry.about().key().equals(key))
                .map(Entry::note)
                .toList();
    }

    /** Only the reasons, as in {@code Provisioning, ProvisioningFailed}. */
    public List<String> reasons() {
        return all().stream().map(entry -> entry.note().reason()).toList();
    }

    public synchronized void clear() {
        entries.clear();
    }
}
