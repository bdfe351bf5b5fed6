package solo.kube;

import java.util.Map;

/**
 * What a process that leads leaves to the one after it: annotations of the Lease, which every renewal carries. All
 * methods are called on the elector's thread and must not wait for anything.
 */
public interface LeaseNotes {

    /** The annotations as of now, by name; asked for before each write while leading. */
    Map<String, String> notes();

    /** The annotations of the last {@link #notes()} are on the Lease. */
    void written();

    /** The Lease is ours and carries these annotations of whoever had it before; nobody has heard yet that we lead. */
    void found(Map<String, String> annotations);

    /** Leaves the Lease's annotations as they are. */
    LeaseNotes NONE = new LeaseNotes() {
        @Override
        public Map<String, String> notes() {
            return Map.of();
        }

        @Override
        public void written() {}

        @Override
        public void found(Map<String, String> annotations) {}
    };
}
