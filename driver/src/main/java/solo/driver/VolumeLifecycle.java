package solo.driver;

import static org.slf4j.LoggerFactory.getLogger;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import org.slf4j.Logger;
import solo.csi.CsiException;
import solo.csi.model.ContentSource;
import solo.driver.backend.Backend;
import solo.driver.backend.Backend.NodeExpansion;
import solo.driver.mount.MountPoint;
import solo.driver.mount.MountTable;
import solo.driver.state.Volume;
import solo.driver.state.Volume.Home;
import solo.driver.state.Volume.Lifetime;
import solo.driver.state.VolumeSpec;

/** How volumes come to be, grow and end. The caller holds the volume's lock. */
final class VolumeLifecycle {
    private static final Logger log = getLogger(VolumeLifecycle.class);

    private final LocalStorage storage;
    private final WriteAhead<Volume> volumes;
    private final Pool pool;
    private final Projects projects;

    VolumeLifecycle(LocalStorage storage) {
        this.storage = storage;
        this.volumes = new WriteAhead<>(
                storage.store(), volume -> storage.backend(volume).delete(volume));
        this.pool = new Pool(storage);
        this.projects = new Projects(storage);
    }

    /** @param mutable parameters that may be others tomorrow, and so make no difference between two volumes */
    record Wanted(VolumeSpec spec, SizeRange size, Lifetime lifetime, SortedMap<String, String> mutable) {}

    /** The volume with this id, made if there is none; ALREADY_EXISTS when it is not what is asked for. */
    Volume create(String id, Wanted wanted) throws IOException, CsiException {
        VolumeSpec spec = wanted.spec();
        return volumes.create(id, new WriteAhead.Making<>() {
            @Override
            public Volume same(Volume ready) throws IOException, CsiException {
                refuseOther(ready, wanted);
                return modify(ready, wanted.mutable());
            }

            @Override
            public Volume begin() throws IOException, CsiException {
                Backend backend = storage.backend(id, spec);
                long bytes = bytes(backend, spec, wanted.size());
                backend.setAside(id).ifPresent(path -> log.warn("event=OrphanSetAside volume={} path={}", id, path));
                return pool.give(
                        backend,
                        bytes,
                        0,
                        () -> projects.give(backend, id, project -> {
                            var home = new Home(storage.options().nodeId(), bytes, wanted.lifetime(), project);
                            var volume = Volume.creating(id, spec, home).modified(wanted.mutable());
                            storage.store().save(volume);
                            return volume;
                        }));
            }

            @Override
            public void make(Volume volume) throws IOException, CsiException {
                Backend backend = storage.backend(volume);
                backend.create(volume);
                fill(backend, volume);
            }

            @Override
            public void made(Volume volume) {
                long bytes = volume.home().capacityBytes();
                log.info("event=VolumeCreated volume={} backend={} bytes={}", id, spec.backend(), bytes);
            }
        });
    }

    /** At least what the source has, and what the backend can make. */
    private long bytes(Backend backend, VolumeSpec spec, SizeRange size) throws IOException, CsiException {
        var source = spec.contentSource();
        long least = source.isEmpty() ? 0 : bytesOf(source.get(), backend, spec, size);
        long bytes = backend.fitting(spec, Math.max(size.choice(), least));
        if (size.limit() > 0 && bytes > size.limit()) {
            throw Refusals.outOfRange(
                    "such a volume has at least " + bytes + " bytes, more than the limit of " + size.limit());
        }
        return bytes;
    }

    private long bytesOf(ContentSource from, Backend backend, VolumeSpec spec, SizeRange size)
            throws IOException, CsiException {
        Sources.Found source = Sources.find(storage, from);
        if (!source.backend().equals(spec.backend())) {
            throw Refusals.invalid("the " + spec.source() + " is in the backend " + source.backend()
                    + ", so no volume of the backend " + spec.backend() + " can be made from it");
        }
        var refusal = backend.refusal(spec, from);
        if (refusal.isPresent()) {
            throw Refusals.invalid("the " + spec.source() + " cannot be copied: " + refusal.get());
        }
        long least = source.capacityBytes();
        boolean tooSmall = size.required() > 0 && size.required() < least;
        if (tooSmall || (size.limit() > 0 && size.limit() < least)) {
            throw Refusals.outOfRange(
                    "the " + spec.source() + " has " + least + " bytes, and a volume of " + size + " cannot hold it");
        }
        return least;
    }

    /** The source has no lock, so that many volumes can be made from it at once; it must still be there at the end. */
    private void fill(Backend backend, Volume volume) throws IOException, CsiException {
        var source = volume.spec().contentSource();
        if (source.isPresent()) {
            backend.fill(volume, source.get());
            Sources.find(storage, source.get());
        }
    }

    /** No such volume is fine; FAILED_PRECONDITION while it is in use. */
    void delete(String id) throws IOException, CsiException {
        if (volumes.delete(id, this::refuseInUse)) {
            log.info("event=VolumeDeleted volume={}", id);
        }
    }

    WriteAhead<Volume> volumes() {
        return volumes;
    }

    /** What has become of a volume, and what is still to be done where it is mounted. */
    record Expansion(Volume volume, NodeExpansion onNode) {}

    /** Never shrinks. Asked again, it does again what a crash may have kept from being done. */
    Expansion expand(Volume volume, SizeRange size) throws IOException, CsiException {
        long current = volume.home().capacityBytes();
        if (size.limit() > 0 && current > size.limit()) {
            throw Refusals.outOfRange("volume " + volume.id() + " already has " + current
                    + " bytes, more than the limit of " + size.limit() + ", and volumes do not shrink");
        }
        Backend backend = storage.backend(volume);
        if (size.required() <= current) {
            return new Expansion(volume, backend.expand(volume, current));
        }
        long bytes = backend.fitting(volume.spec(), size.required());
        if (size.limit() > 0 && bytes > size.limit()) {
            throw Refusals.outOfRange("volume " + volume.id() + " can grow to " + bytes
                    + " bytes, which is more than the limit of " + size.limit());
        }
        Volume larger = volume.withCapacity(bytes);
        var onNode = pool.give(backend, bytes, current, () -> {
            // The bytes first: a crash in between leaves a volume that is larger than it says, which is harmless.
            var needed = backend.expand(volume, bytes);
            storage.store().save(larger);
            return needed;
        });
        log.info("event=VolumeExpanded volume={} from={} to={}", volume.id(), current, bytes);
        return new Expansion(larger, onNode);
    }

    /** Written down first, so that whoever comes after a crash can show it to those who use the volume. */
    Volume modify(Volume volume, SortedMap<String, String> parameters) throws IOException {
        Volume modified = volume.modified(parameters);
        if (!modified.equals(volume)) {
            storage.store().save(modified);
            log.info("event=VolumeModified volume={} parameters=\"{}\"", volume.id(), modified.mutableParameters());
        }
        storage.backend(modified).modify(modified);
        return modified;
    }

    private static void refuseOther(Volume existing, Wanted wanted) throws CsiException {
        SizeRange size = wanted.size();
        var differences = existing.spec().differences(wanted.spec());
        if (!differences.isEmpty()) {
            throw Refusals.alreadyExists(
                    "volume " + existing.id() + " exists already: its " + String.join("; its ", differences));
        }
        long bytes = existing.home().capacityBytes();
        if (!size.holds(bytes)) {
            throw Refusals.alreadyExists("volume " + existing.id() + " exists already with " + bytes
                    + " bytes, and now " + size + " are asked for");
        }
        if (existing.home().lifetime() != wanted.lifetime()) {
            throw Refusals.alreadyExists("volume " + existing.id() + " exists already and is "
                    + existing.home().lifetime());
        }
    }

    private void refuseInUse(Volume volume) throws IOException, CsiException {
        if (storage.options().has(LocalDriverOptions.Feature.ATTACH)
                && !volume.attachments().isEmpty()) {
            throw Refusals.precondition("volume " + volume.id() + " is attached to "
                    + String.join(", ", volume.attachments().keySet()));
        }
        MountTable table = storage.mounts().table();
        var origin = storage.backend(volume).origin(volume, table);
        if (origin.isPresent()) {
            Optional<MountPoint> use = table.showing(origin.get()).stream().findFirst();
            if (use.isPresent()) {
                throw Refusals.precondition(
                        "volume " + volume.id() + " is mounted at " + use.get().path());
            }
        }
    }
}
