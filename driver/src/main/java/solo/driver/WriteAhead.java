package solo.driver;

import java.io.IOException;
import java.util.Optional;
import solo.csi.CsiException;
import solo.driver.state.Phase;
import solo.driver.state.StateStore;
import solo.driver.state.StateStore.Stored;

/**
 * How volumes, snapshots and groups of snapshots come to be and end: the intention is on disk before a backend acts, so
 * that whoever comes after a crash knows what to undo or to finish ({@link StateRepair}). The caller holds the lock.
 *
 * @param bytes removes what the backend has of it, however far its making or its removal had come
 */
record WriteAhead<R extends Stored<R>>(StateStore<R> store, Removal<R> bytes) {

    interface Removal<R> {
        void run(R record) throws IOException;
    }

    /** Throws what keeps something that is ready from being removed. */
    interface Check<R> {
        void run(R ready) throws IOException, CsiException;
    }

    interface Making<R> {
        /** What was made before, if it is what is asked for now; else ALREADY_EXISTS. */
        R same(R ready) throws IOException, CsiException;

        /** Decides what it will be, and {@linkplain StateStore#save saves} that as {@link Phase#CREATING}. */
        R begin() throws IOException, CsiException;

        void make(R creating) throws IOException, CsiException;

        /** It exists for callers now. */
        void made(R ready);
    }

    /** What has this id, made if there is nothing. What cannot be made leaves nothing behind. */
    R create(String id, Making<R> making) throws IOException, CsiException {
        Optional<R> existing = store.find(id);
        if (existing.isPresent() && existing.get().phase() == Phase.READY) {
            return making.same(existing.get());
        }
        if (existing.isPresent()) {
            // Its maker or its remover was killed: it would have held the lock.
            remove(existing.get());
        }
        R creating = making.begin();
        try {
            making.make(creating);
        } catch (IOException | CsiException failure) {
            remove(creating.in(Phase.DELETING));
            throw failure;
        }
        R ready = store.enter(Phase.READY, creating);
        making.made(ready);
        return ready;
    }

    /** False when there was nothing. */
    boolean delete(String id, Check<R> check) throws IOException, CsiException {
        Optional<R> existing = store.find(id);
        if (existing.isEmpty()) {
            return false;
        }
        R going = existing.get();
        if (going.phase() == Phase.READY) {
            check.run(going);
            going = store.enter(Phase.DELETING, going);
        }
        remove(going);
        return true;
    }

    /** Undoes what is being made, or finishes what is being removed. */
    void remove(R halfway) throws IOException {
        bytes.run(halfway);
        store.forget(halfway.id());
    }
}
