package solo.app.explain;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import solo.csi.Calls;
import solo.csi.CsiException;
import solo.csi.Rpc;
import solo.csi.Sink;
import solo.csi.StreamRpc;
import solo.csi.StrippedJson;
import solo.csi.model.Code;
import solo.kube.ApiException;
import solo.kube.Cluster;
import solo.kube.Events;
import solo.kube.Kind;
import solo.kube.RecordingWrites;
import solo.kube.RecordingWrites.Written;
import solo.kube.Writes;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectReference;
import solo.kube.model.Patch;
import solo.kube.model.Projected;

/** The write, driver and event ports of a rehearsal: everything is noted down in its order, nothing happens. */
final class Notebook implements Calls, Events {

    private final RecordingWrites writes;
    private final List<String> notes = new ArrayList<>();
    private int writesNoted;
    private Rehearsal.Driver driver = Rehearsal.Driver.NOT_ASKED;

    Notebook(Cluster cluster) {
        this.writes = new RecordingWrites(cluster);
    }

    /** A write that comes a second time needs the answer to the first: there the rehearsal ends. */
    Writes writes() {
        return new Writes() {
            @Override
            public <R extends Projected> R create(Kind<R> kind, Map<String, ?> object) throws ApiException {
                R answer = writes.create(kind, object);
                endIfRepeated();
                return answer;
            }

            @Override
            public <R extends Projected> R patch(Kind<R> kind, ObjectKey key, Patch patch) throws ApiException {
                R answer = writes.patch(kind, key, patch);
                endIfRepeated();
                return answer;
            }

            @Override
            public <R extends Projected> void delete(Kind<R> kind, ObjectKey key, String uid) throws ApiException {
                writes.delete(kind, key, uid);
                endIfRepeated();
            }
        };
    }

    private void endIfRepeated() throws ApiException {
        noteWrites();
        if (driver == Rehearsal.Driver.NOT_ASKED
                && notes.subList(0, notes.size() - 1).contains(notes.getLast())) {
            notes.removeLast();
            driver = Rehearsal.Driver.ASKED;
            throw new ApiException(ApiException.Failure.UNAVAILABLE, "an explanation writes nothing");
        }
    }

    @Override
    public <Q extends Message, A extends Message> A call(Rpc<Q, A> rpc, Q request) throws CsiException {
        noteWrites();
        if (driver == Rehearsal.Driver.NOT_ASKED) {
            notes.add("call " + rpc.path().substring(rpc.path().lastIndexOf('/') + 1) + " " + StrippedJson.of(request));
        }
        driver = Rehearsal.Driver.ASKED;
        throw new CsiException(Code.UNAVAILABLE, "an explanation calls no driver");
    }

    @Override
    public <Q extends Message, A extends Message> void stream(StreamRpc<Q, A> rpc, Q request, Sink<A> sink)
            throws CsiException {
        throw new CsiException(Code.UNAVAILABLE, "an explanation calls no driver");
    }

    @Override
    public void record(ObjectReference about, EventNote note) {
        noteWrites();
        if (driver == Rehearsal.Driver.NOT_ASKED) {
            notes.add("event " + note.reason() + ": " + note.message());
        }
    }

    Rehearsal.Driver driver() {
        return driver;
    }

    /** What would have been done before the driver's answer. */
    List<String> notes() {
        noteWrites();
        return List.copyOf(notes);
    }

    private void noteWrites() {
        List<Written> written = writes.written();
        if (driver == Rehearsal.Driver.NOT_ASKED) {
            written.subList(writesNoted, written.size()).forEach(write -> notes.add(text(write)));
        }
        writesNoted = written.size();
    }

    private static String text(Written write) {
        return write.verb() + " " + write.resource().plural() + " " + write.key()
                + (write.body() == null ? "" : " " + write.body());
    }
}
