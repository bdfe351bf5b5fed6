package solo.attacher.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The name that Kubernetes gives an attachment proves a handle, or disproves it, or tells nothing. */
class AttachmentNameTest {

    @Test
    void the_name_is_kubernetes_own_hash() {
        // sha256("testvol-01testdriver-01testnode-01"), as in pkg/volume/csi of Kubernetes.
        assertThat(AttachmentName.of("testvol-01", "testdriver-01", "testnode-01"))
                .isEqualTo("csi-4d8f42c5f953488d695504cfaf9658961d83f72b5ac9bba3e32c2ddb7708e84f");
    }

    @Test
    void only_the_handle_that_was_hashed_is_proven() {
        var attachment = Views.attachment(AttachmentName.of("vol-1", "driver", "node"));

        assertThat(AttachmentName.proves(attachment, "vol-1")).isTrue();
        assertThat(AttachmentName.proves(attachment, "vol-2")).isFalse();
        assertThat(AttachmentName.disproves(attachment, "vol-2")).isTrue();
    }

    @Test
    void a_name_that_somebody_chose_proves_and_disproves_nothing() {
        var attachment = Views.attachment("mine");

        assertThat(AttachmentName.proves(attachment, "vol-1")).isFalse();
        assertThat(AttachmentName.disproves(attachment, "vol-1")).isFalse();
    }
}
