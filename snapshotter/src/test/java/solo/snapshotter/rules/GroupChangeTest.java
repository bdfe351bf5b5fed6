package solo.snapshotter.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.simulation.ModelDriver;
import solo.simulation.Objects;
import solo.snapshotter.model.GroupNames;

/** csi-snapshotter's update filter for groups, which it has since 8.7: its own writes must not end the backoff (trap 23). */
class GroupChangeTest {
    private static final VolumeGroupSnapshotContent BEFORE = content(plain());

    @Test
    void the_first_sight_another_spec_deletion_and_leave_to_go_matter() {
        assertThat(matters(null, plain())).isTrue();
        assertThat(matters(BEFORE, plain().with("Retain", "spec", "deletionPolicy")))
                .isTrue();
        assertThat(matters(BEFORE, plain().deleting())).isTrue();
        assertThat(matters(BEFORE, plain().annotation(GroupNames.BEING_DELETED, "yes")))
                .isTrue();
    }

    @Test
    void becoming_ready_matters_and_other_news_of_the_status_do_not() {
        assertThat(matters(BEFORE, plain().with(true, "status", "readyToUse"))).isTrue();
        assertThat(matters(BEFORE, plain().with(false, "status", "readyToUse"))).isFalse();
        assertThat(matters(BEFORE, plain().with(Map.of("message", "no"), "status", "error")))
                .isFalse();
    }

    @Test
    void finalizers_and_the_mark_of_being_created_do_not_matter() {
        assertThat(matters(BEFORE, plain().finalizer(GroupNames.CONTENT_BOUND))).isFalse();
        assertThat(matters(BEFORE, plain().annotation(GroupNames.BEING_CREATED, "yes")))
                .isFalse();
        assertThat(matters(content(plain().annotation(GroupNames.BEING_CREATED, "yes")), plain()))
                .isFalse();
    }

    private static boolean matters(@Nullable VolumeGroupSnapshotContent before, Objects.Plain after) {
        return GroupChange.matters(before, content(after));
    }

    private static VolumeGroupSnapshotContent content(Objects.Plain object) {
        return VolumeGroupSnapshotContent.of(new Json(object.build()));
    }

    private static Objects.Plain plain() {
        return Objects.of(Kinds.GROUP_SNAPSHOT_CONTENT, "content")
                .uid("uid")
                .with(ModelDriver.NAME, "spec", "driver")
                .with("Delete", "spec", "deletionPolicy")
                .with(List.of("vol"), "spec", "source", "volumeHandles");
    }
}
