package solo.provisioner.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.simulation.Move;
import solo.simulation.Objects;
import solo.simulation.StorageClassBuilder;
import solo.simulation.Users;
import solo.simulation.World;

/** Users who do these things, in this order; when is left to the seed. */
final class Script implements Users {

    private final StorageClassBuilder storageClass = Objects.storageClass("fast");
    private final Deque<Consumer<World>> acts = new ArrayDeque<>();

    @SafeVarargs
    Script(Consumer<World>... acts) {
        for (Consumer<World> act : acts) {
            this.acts.add(act);
        }
    }

    /** Unless the last one of that name is still there. */
    static Consumer<World> claims(String name) {
        return world -> {
            if (world.server().find(Kinds.CLAIM, Objects.key(name)) == null) {
                world.server().add(Objects.claim(name).storageClass("fast"));
            }
        };
    }

    static Consumer<World> restores(String name, String snapshot) {
        return world ->
                world.server().add(Objects.claim(name).storageClass("fast").fromSnapshot(snapshot));
    }

    static Consumer<World> deletes(String claim) {
        return world -> world.server().remove(Kinds.CLAIM, Objects.key(claim));
    }

    @Override
    public void begin(World world) {
        world.server().add(storageClass);
    }

    @Override
    public @Nullable Move next(World world, RandomGenerator random) {
        Consumer<World> act = acts.poll();
        return act == null ? null : new Move("user acts", acts.size() + " left", () -> act.accept(world));
    }

    @Override
    public void leave(World world) {
        for (Json claim : List.copyOf(world.server().objects(Kinds.CLAIM))) {
            world.server()
                    .remove(
                            Kinds.CLAIM,
                            new ObjectKey(
                                    claim.at("metadata", "namespace").text(""),
                                    claim.at("metadata", "name").text("")));
        }
    }
}
