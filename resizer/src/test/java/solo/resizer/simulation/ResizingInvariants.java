package solo.resizer.simulation;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Json;
import solo.simulation.Invariant;
import solo.simulation.World;

/** What must hold where volumes grow and change. */
final class ResizingInvariants {
    private static final String TOLD_OF_SIZE = "the backend has no more than the claim says";
    private static final String TOLD_OF_CLASS = "what has a class has its attributes";
    private static final String HAS_CLASS = "every claim has its class";

    /**
     * What a former leader's request that arrives late can break: a size that was given up meanwhile is made after all, or
     * attributes that were replaced come back. Nobody can see either without asking the driver for what it was not told.
     */
    static final Set<String> LATE = Set.of(TOLD_OF_SIZE, TOLD_OF_CLASS, HAS_CLASS);

    private ResizingInvariants() {}

    static List<Supplier<Invariant>> all() {
        return List.of(
                ResizingInvariants::nobodyPromisesMoreThanThereIs,
                ResizingInvariants::nothingGrowsUntold,
                ResizingInvariants::nothingIsChangedUntold,
                ResizingInvariants::everyClaimHasItsSize,
                ResizingInvariants::everyClaimHasItsClass);
    }

    static Invariant nobodyPromisesMoreThanThereIs() {
        return always("volume ≤ backend, claim ≤ volume", (world, claim) -> {
            long volume = Claims.bytes(Claims.volume(world, claim).at("spec", "capacity", "storage"));
            long real = Claims.real(world, claim).bytes();
            return volume > real || Claims.has(claim) > volume
                    ? "backend " + real + ", volume " + volume + ", claim " + Claims.has(claim)
                    : null;
        });
    }

    /** Quota counts what a claim says it is asking for, so it must say so first, and until it is over. */
    static Invariant nothingGrowsUntold() {
        return always(TOLD_OF_SIZE, (world, claim) -> {
            long said = Math.max(
                    Claims.bytes(claim.at("status", "allocatedResources", "storage")),
                    Claims.bytes(Claims.volume(world, claim).at("spec", "capacity", "storage")));
            long real = Claims.real(world, claim).bytes();
            return real > said ? "backend " + real + ", said " + said : null;
        });
    }

    /** As long as a claim says that nothing is going on, its volume has the attributes it names. */
    static Invariant nothingIsChangedUntold() {
        return always(TOLD_OF_CLASS, (world, claim) -> {
            if (claim.at("status", "modifyVolumeStatus").present()) {
                return null;
            }
            String current =
                    claim.at("status", "currentVolumeAttributesClassName").text();
            String real = Claims.real(world, claim).parameters().get("class");
            return Objects.equals(current, real) ? null : "says " + current + ", has " + real;
        });
    }

    static Invariant everyClaimHasItsSize() {
        return atRest("every claim has its size", (world, claim) -> {
            boolean clean = Claims.status(claim) == null
                    && claim.at("status", "conditions").items().stream()
                            .noneMatch(
                                    condition -> condition.at("type").text("").contains("Resiz"))
                    && !Claims.volume(world, claim)
                            .at("metadata", "annotations")
                            .textMap()
                            .containsKey("volume.alpha.kubernetes.io/pre-resize-capacity");
            return Claims.has(claim) >= Claims.wanted(claim) && clean ? null : String.valueOf(claim.at("status"));
        });
    }

    static Invariant everyClaimHasItsClass() {
        return atRest(HAS_CLASS, (world, claim) -> {
            String wanted = claim.at("spec", "volumeAttributesClassName").text();
            boolean has = wanted == null
                    || (wanted.equals(claim.at("status", "currentVolumeAttributesClassName")
                                    .text())
                            && wanted.equals(Claims.volume(world, claim)
                                    .at("spec", "volumeAttributesClassName")
                                    .text())
                            && wanted.equals(
                                    Claims.real(world, claim).parameters().get("class"))
                            && !claim.at("status", "modifyVolumeStatus").present());
            return has ? null : "wants " + wanted + ": " + claim.at("status");
        });
    }

    @FunctionalInterface
    private interface OfClaim {
        @Nullable
        String broken(World world, Json claim);
    }

    private static Invariant always(String name, OfClaim rule) {
        return Invariant.always(name, each(rule));
    }

    private static Invariant atRest(String name, OfClaim rule) {
        return Invariant.atRest(name, each(rule));
    }

    private static Function<World, @Nullable String> each(OfClaim rule) {
        return world -> Claims.all(world)
                .map(claim -> {
                    String broken = rule.broken(world, claim);
                    return broken == null ? null : Claims.key(claim) + ": " + broken;
                })
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
