package solo.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is simulated: controllers, storage, parts of Kubernetes, users, and what must hold. A description only; every
 * {@link Simulation} makes its own world from it.
 */
public final class Scenario {

    private final ControllerFactory controllers;
    private Function<VirtualClock, ModelDriver> driver = ModelDriver::new;
    private final List<Supplier<KubernetesPart>> parts = new ArrayList<>();
    private final List<Supplier<Invariant>> invariants = new ArrayList<>();
    private final List<Consumer<World>> beginnings = new ArrayList<>();
    private final List<Supplier<Users>> users = new ArrayList<>();
    private Supplier<Director> director = () -> Director.NONE;
    private Chaos chaos = Chaos.USUAL;
    private int steps = 300;
    private Duration quiet = Duration.ofMinutes(20);

    private Scenario(ControllerFactory controllers) {
        this.controllers = controllers;
    }

    public static Scenario of(ControllerFactory controllers) {
        return new Scenario(controllers);
    }

    /** The usual one can do everything, without topology. */
    public Scenario driver(Function<VirtualClock, ModelDriver> making) {
        driver = making;
        return this;
    }

    public Scenario with(Supplier<KubernetesPart> part) {
        parts.add(part);
        return this;
    }

    /** The controller-manager's volume parts and the scheduler, as far as claims and pods need them. */
    public Scenario withKubernetes() {
        return with(PersistentVolumeController::new)
                .with(VolumeProtection::new)
                .with(PodScheduler::new)
                .with(AttachDetachController::new);
    }

    public Scenario users(Supplier<Users> some) {
        users.add(some);
        return this;
    }

    public Scenario invariant(Supplier<Invariant> rule) {
        invariants.add(rule);
        return this;
    }

    public Scenario invariants(List<Supplier<Invariant>> rules) {
        invariants.addAll(rules);
        return this;
    }

    /** The same without the rules of these names. */
    public Scenario without(Collection<String> rules) {
        invariants.removeIf(rule -> rules.contains(rule.get().name()));
        return this;
    }

    /** What is there from the beginning. */
    public Scenario begin(Consumer<World> beginning) {
        beginnings.add(beginning);
        return this;
    }

    public Scenario director(Supplier<Director> one) {
        director = one;
        return this;
    }

    public Scenario chaos(Chaos one) {
        chaos = one;
        return this;
    }

    /** How long the chaos lasts; afterwards everything may come to rest. */
    public Scenario steps(int count) {
        steps = count;
        return this;
    }

    /** For how long (in virtual time) nothing may have changed before the world counts as being at rest. */
    public Scenario quiet(Duration time) {
        quiet = time;
        return this;
    }

    ControllerFactory controllers() {
        return controllers;
    }

    Function<VirtualClock, ModelDriver> driver() {
        return driver;
    }

    List<KubernetesPart> makeParts() {
        return parts.stream().map(Supplier::get).toList();
    }

    List<Users> makeUsers() {
        return users.stream().map(Supplier::get).toList();
    }

    List<Invariant> makeInvariants() {
        return invariants.stream().map(Supplier::get).toList();
    }

    Director makeDirector() {
        return director.get();
    }

    void beginIn(World world) {
        beginnings.forEach(beginning -> beginning.accept(world));
    }

    Chaos chaos() {
        return chaos;
    }

    int steps() {
        return steps;
    }

    Duration quiet() {
        return quiet;
    }
}
