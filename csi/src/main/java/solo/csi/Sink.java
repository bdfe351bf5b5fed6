package solo.csi;

import com.google.protobuf.Message;

/** Receives the messages of a streaming call one by one, in order; throwing ends the stream. */
@FunctionalInterface
public interface Sink<A extends Message> {
    void accept(A message) throws CsiException;
}
