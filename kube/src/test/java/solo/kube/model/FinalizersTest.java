package solo.kube.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Driver names as they stand in finalizers; the vectors are external-attacher's own. */
class FinalizersTest {

    @ParameterizedTest
    @CsvSource({
        "ebs.csi.aws.com,          ebs-csi-aws-com",
        "trailing\\,               trailing-X",
        "s!a@n#i$t(i%z^e&d*,       s-a-n-i-t-i-z-e-d-X",
        "UPPER.case-1,             UPPER-case-1",
    })
    void sanitized(String driver, String name) {
        assertThat(Finalizers.sanitized(driver)).isEqualTo(name);
    }

    @Test
    void the_attachers_finalizer_is_the_same_on_volumes_and_attachments() {
        assertThat(Finalizers.attacher("local.csi.solo")).isEqualTo("external-attacher/local-csi-solo");
    }
}
