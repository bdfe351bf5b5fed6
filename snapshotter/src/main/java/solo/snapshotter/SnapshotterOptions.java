package solo.snapshotter;

import solo.kube.Backoff;

/**
 * What both halves have: {@code --snapshotter-worker-threads} for each queue, and {@code --retry-interval-start} and
 * {@code --retry-interval-max}.
 */
public record SnapshotterOptions(int workers, Backoff backoff) {
    public static final SnapshotterOptions DEFAULT = new SnapshotterOptions(10, Backoff.DEFAULT);
}
