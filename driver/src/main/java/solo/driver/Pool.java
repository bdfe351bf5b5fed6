package solo.driver;

import java.io.IOException;
import solo.csi.CsiException;
import solo.driver.backend.Backend;
import solo.driver.state.Snapshot;
import solo.driver.state.Volume;

/** How many bytes volumes and snapshots may promise in all, and that two calls do not take the same ones. */
record Pool(LocalStorage storage) {
    // No volume can have this id.
    private static final String LOCK = "_pool";

    /** Writes down what the bytes are for. */
    interface Reservation<T> {
        T run() throws IOException, CsiException;
    }

    /** Bytes that new volumes may still have. */
    long available(Backend backend) throws IOException {
        long pool = storage.options().poolCapacityBytes();
        if (pool == 0) {
            return backend.space().availableBytes();
        }
        return left(pool);
    }

    private long left(long pool) throws IOException {
        long promised = 0;
        for (Volume volume : storage.store().all()) {
            promised += volume.home().capacityBytes();
        }
        for (Snapshot snapshot : storage.snapshots().all()) {
            promised += snapshot.capacityBytes();
        }
        return Math.max(0, pool - promised);
    }

    /**
     * OUT_OF_RANGE for more than can ever be, RESOURCE_EXHAUSTED for more than there is now.
     *
     * @param already how many of the bytes it has
     */
    <T> T give(Backend backend, long bytes, long already, Reservation<T> reservation) throws IOException, CsiException {
        long pool = storage.options().poolCapacityBytes();
        long largest = pool == 0 ? backend.space().totalBytes() : pool;
        if (bytes > largest) {
            throw Refusals.outOfRange("a volume of " + bytes + " bytes cannot be: the backend " + backend.name()
                    + " has " + largest + " bytes in all");
        }
        return give(bytes - already, reservation);
    }

    /** The same for several at once, each of which can be. */
    <T> T give(long bytes, Reservation<T> reservation) throws IOException, CsiException {
        long pool = storage.options().poolCapacityBytes();
        if (pool == 0) {
            return reservation.run();
        }
        var held = storage.locks().hold(LOCK);
        if (held.isEmpty()) {
            throw Refusals.aborted("other volumes are being made; try again");
        }
        try (var _ = held.get()) {
            long available = left(pool);
            if (bytes > available) {
                throw Refusals.exhausted("the pool has " + available + " of " + pool + " bytes left, and " + bytes
                        + " more are asked for");
            }
            return reservation.run();
        }
    }
}
