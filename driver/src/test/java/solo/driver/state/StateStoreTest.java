package solo.driver.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.driver.state.Volume.Home;
import solo.driver.state.Volume.Lifetime;

class StateStoreTest {
    private static final VolumeSpec SPEC = new VolumeSpec("name", "dir", new TreeSet<>(), new TreeMap<>(), "");
    private static final Volume CREATING = Volume.creating("v", SPEC, new Home("node-a", 5, Lifetime.PERSISTENT, 0));

    private StateStore<Volume> store;
    private Path file;

    @BeforeEach
    void open(@TempDir Path state) throws Exception {
        store = StateStore.volumes(state, new RealDisk());
        file = state.resolve("volumes").resolve("v.volume");
        store.save(CREATING);
    }

    @Test
    void a_life_from_phase_to_phase_is_one_file() throws Exception {
        Object inode = inode();
        Volume ready = store.enter(Phase.READY, CREATING);
        assertThat(store.find("v")).contains(ready).contains(CREATING.in(Phase.READY));
        Volume going = store.enter(Phase.DELETING, ready);
        assertThat(store.find("v")).contains(going).contains(CREATING.in(Phase.DELETING));
        assertThat(inode()).isEqualTo(inode);
    }

    @Test
    void a_phase_is_entered_from_the_one_that_is_on_the_disk() throws Exception {
        Volume ready = store.enter(Phase.READY, CREATING);
        Volume modified = ready.modified(Map.of("atime", "noatime"));
        assertThat(store.enter(Phase.DELETING, modified)).isEqualTo(modified.in(Phase.DELETING));
        assertThat(store.find("v")).contains(modified.in(Phase.DELETING));
    }

    @Test
    void a_half_made_one_that_is_removed_says_so() throws Exception {
        store.enter(Phase.DELETING, CREATING);
        assertThat(store.find("v")).contains(CREATING.in(Phase.DELETING));
    }

    @Test
    void the_file_of_a_solo_before_is_written_anew() throws Exception {
        String before = Files.readString(file)
                .replaceAll("(?m)^[ #]?phase=.*\n", "")
                .replace("name=name\n", "name=name\nphase=CREATING\n");
        Files.writeString(file, before);
        assertThat(store.find("v")).contains(CREATING);
        store.enter(Phase.READY, CREATING);
        assertThat(store.find("v")).contains(CREATING.in(Phase.READY));
    }

    private Object inode() throws Exception {
        return Files.getAttribute(file, "unix:ino");
    }
}
