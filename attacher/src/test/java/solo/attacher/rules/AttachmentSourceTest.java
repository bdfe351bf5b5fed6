package solo.attacher.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import solo.attacher.model.AttachView;
import solo.attacher.model.Finding;
import solo.kube.model.VolumeAttachment;
import solo.kube.model.VolumeSpec;

/** Which volume an attachment means, or why that cannot be told, in external-attacher's words. */
class AttachmentSourceTest {
    private static final VolumeSpec CSI = Views.spec(Views.csi(false, null), "ReadWriteOnce");
    private static final VolumeSpec NOT_CSI = new VolumeSpec(null, List.of("ReadWriteOnce"), null, List.of());

    @Test
    void the_volume_of_that_name() {
        assertThat(AttachmentSource.spec(Views.of(CSI))).isEqualTo(Finding.found(CSI));
    }

    @Test
    void the_inline_volume() {
        assertThat(AttachmentSource.spec(view(null, CSI))).isEqualTo(Finding.found(CSI));
    }

    @Test
    void neither_is_refused() {
        assertThat(why(view(null, null)))
                .isEqualTo("neither InlineCSIVolumeSource nor PersistentVolumeName specified in VA source");
    }

    @Test
    void both_are_refused() {
        assertThat(why(view("pv", CSI)))
                .isEqualTo("both InlineCSIVolumeSource and PersistentVolumeName specified in VA source");
    }

    @Test
    void an_inline_volume_of_another_kind_is_refused() {
        assertThat(why(view(null, NOT_CSI))).isEqualTo("inline volume spec contains nil CSI source");
    }

    @Test
    void a_volume_of_another_kind_is_refused() {
        assertThat(why(Views.of(NOT_CSI))).isEqualTo("pv spec contained non-csi source that was not migrated");
    }

    private static AttachView view(@Nullable String volumeName, @Nullable VolumeSpec inline) {
        AttachView view = Views.of(CSI);
        VolumeAttachment attachment = view.attachment();
        return view.with(new VolumeAttachment(
                attachment.meta(),
                attachment.attacher(),
                attachment.nodeName(),
                volumeName,
                inline,
                attachment.status()));
    }

    private static String why(AttachView view) {
        return switch (AttachmentSource.spec(view)) {
            case Finding.Refused<VolumeSpec>(var reason) -> reason.message();
            case Finding.Found<VolumeSpec>(var spec) -> throw new AssertionError("found " + spec);
        };
    }
}
