package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import csi.v1.CreateVolumeRequest;
import csi.v1.DeleteVolumeRequest;
import csi.v1.ListVolumesRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.example.FolderDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.csi.ControllerService;
import solo.csi.CsiException;
import solo.csi.model.Code;

/** docs/writing-a-driver.md and its example. */
class WritingADriverTest {

    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void the_pages_example_is_the_one_that_is_compiled_and_run() throws Exception {
        String page = Files.readString(CHECKOUT.resolve("docs/writing-a-driver.md"));
        String example = Files.readString(Path.of("src/test/java/org/example/FolderDriver.java"));

        assertThat(page).contains("```java\n" + example + "```\n");
    }

    @Test
    void the_example_may_be_asked_twice() throws Exception {
        ControllerService driver = new FolderDriver(folder, "node-1").controller();
        CreateVolumeRequest request =
                CreateVolumeRequest.newBuilder().setName("pvc-1").build();
        var first = driver.createVolume(request);
        assertThat(driver.createVolume(request)).isEqualTo(first);
        assertThat(driver.listVolumes(ListVolumesRequest.getDefaultInstance()).getEntriesCount())
                .isEqualTo(1);

        DeleteVolumeRequest delete =
                DeleteVolumeRequest.newBuilder().setVolumeId("pvc-1").build();
        driver.deleteVolume(delete);
        driver.deleteVolume(delete);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void the_example_deletes_nothing_outside_of_its_folder() throws Exception {
        ControllerService driver = new FolderDriver(folder.resolve("root"), "node-1").controller();
        Path other = Files.createDirectory(folder.resolve("other"));

        assertThatThrownBy(() -> driver.deleteVolume(
                        DeleteVolumeRequest.newBuilder().setVolumeId("../other").build()))
                .isInstanceOfSatisfying(
                        CsiException.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.INVALID_ARGUMENT));

        assertThat(other).exists();
    }
}
