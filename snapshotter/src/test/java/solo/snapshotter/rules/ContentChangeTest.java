package solo.snapshotter.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.VolumeSnapshotContent;
import solo.simulation.ModelDriver;
import solo.simulation.Objects;
import solo.snapshotter.model.SnapshotNames;

/** csi-snapshotter's update filter: its own writes must not end the backoff. */
class ContentChangeTest {
    private static final VolumeSnapshotContent BEFORE = content(plain());

    @Test
    void the_first_sight_of_a_content_matters() {
        assertThat(matters(null, plain())).isTrue();
    }

    @Test
    void another_spec_matters() {
        assertThat(matters(BEFORE, plain().with("Retain", "spec", "deletionPolicy")))
                .isTrue();
    }

    @Test
    void deletion_and_leave_to_go_matter() {
        assertThat(matters(BEFORE, plain().deleting())).isTrue();
        assertThat(matters(BEFORE, plain().annotation(SnapshotNames.BEING_DELETED, "yes")))
                .isTrue();
    }

    @Test
    void becoming_ready_matters_and_other_news_of_the_status_do_not() {
        assertThat(matters(BEFORE, plain().with(true, "status", "readyToUse"))).isTrue();
        assertThat(matters(BEFORE, plain().with(Map.of("message", "no"), "status", "error")))
                .isFalse();
        assertThat(matters(
                        content(plain().with(true, "status", "readyToUse")),
                        plain().with(true, "status", "readyToUse").with(7L, "status", "restoreSize")))
                .isFalse();
    }

    @Test
    void finalizers_and_the_mark_of_being_created_do_not_matter() {
        assertThat(matters(BEFORE, plain().finalizer(SnapshotNames.CONTENT_BOUND)))
                .isFalse();
        assertThat(matters(BEFORE, plain().annotation(SnapshotNames.BEING_CREATED, "yes")))
                .isFalse();
        assertThat(matters(content(plain().annotation(SnapshotNames.BEING_CREATED, "yes")), plain()))
                .isFalse();
    }

    private static boolean matters(@Nullable VolumeSnapshotContent before, Objects.Plain after) {
        return ContentChange.matters(before, content(after));
    }

    private static VolumeSnapshotContent content(Objects.Plain object) {
        return VolumeSnapshotContent.of(new Json(object.build()));
    }

    private static Objects.Plain plain() {
        return Objects.of(Kinds.SNAPSHOT_CONTENT, "content")
                .uid("uid")
                .with(ModelDriver.NAME, "spec", "driver")
                .with("Delete", "spec", "deletionPolicy")
                .with(List.of(), "metadata", "ownerReferences")
                .with("vol", "spec", "source", "volumeHandle");
    }
}
