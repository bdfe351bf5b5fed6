package solo.attacher;

import java.time.Duration;
import solo.kube.Backoff;

/**
 * external-attacher's flags, as far as they are its own.
 *
 * @param workers {@code --worker-threads}, for attachments and for volumes each
 * @param backoff {@code --retry-interval-start} and {@code --retry-interval-max}
 * @param reconcileSync {@code --reconcile-sync}: the pause between two looks at ListVolumes
 * @param maxEntries {@code --max-entries}: volumes per page of ListVolumes, 0 for no limit
 */
public record AttacherOptions(int workers, Backoff backoff, Duration reconcileSync, int maxEntries) {
    public static final AttacherOptions DEFAULT = new AttacherOptions(10, Backoff.DEFAULT, Duration.ofMinutes(1), 0);
}
