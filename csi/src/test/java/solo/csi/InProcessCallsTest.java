package solo.csi;

final class InProcessCallsTest extends CallsContract {
    @Override
    Calls open(Driver driver) {
        return new InProcessCalls(driver);
    }

    @Override
    void close() {}
}
