package solo.provisioner.model;

/** Something that is read from the API server only when a decision turns out to need it. */
public sealed interface Fact<R> {

    record Unread<R>() implements Fact<R> {}

    record Known<R>(R value) implements Fact<R> {}

    record Missing<R>() implements Fact<R> {}

    /** The API server would not say. */
    record Unreadable<R>(String why) implements Fact<R> {}
}
