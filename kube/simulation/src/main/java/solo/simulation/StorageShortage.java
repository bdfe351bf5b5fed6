package solo.simulation;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Topology;

/** Places run full and are given room again: CreateVolume answers RESOURCE_EXHAUSTED for a while. */
public final class StorageShortage implements Users {

    private final List<Topology> places;
    private int changes;

    /** {@code changes}: how often a place runs full or gets room. */
    public StorageShortage(int changes, List<Topology> places) {
        this.changes = changes;
        this.places = List.copyOf(places);
    }

    @Override
    public @Nullable Move next(World world, RandomGenerator random) {
        if (changes == 0) {
            return null;
        }
        changes--;
        Topology place = places.get(random.nextInt(places.size()));
        return random.nextBoolean()
                ? new Move("storage runs full", place, () -> world.backend().exhaust(place))
                : new Move("storage gets room", place, () -> world.backend().refill(place));
    }

    @Override
    public void calm(World world) {
        places.forEach(world.backend()::refill);
    }

    @Override
    public void leave(World world) {}
}
