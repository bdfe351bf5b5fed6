package solo.provisioner.capacity.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.model.CsiStorageCapacity;
import solo.kube.model.Quantity;
import solo.kube.model.StorageClass;
import solo.provisioner.capacity.model.CapacityAnswer;
import solo.provisioner.capacity.model.CapacityDecision;
import solo.provisioner.capacity.model.CapacityDecision.CapacityNotWritten;
import solo.provisioner.capacity.model.CapacityDecision.CapacityUnknown;
import solo.provisioner.capacity.model.CapacityDecision.Run;
import solo.provisioner.capacity.model.CapacityDecision.Wait;
import solo.provisioner.capacity.model.CapacityEffect;
import solo.provisioner.capacity.model.CapacityEffect.Ask;
import solo.provisioner.capacity.model.CapacityEffect.Correct;
import solo.provisioner.capacity.model.CapacityEffect.Publish;
import solo.provisioner.capacity.model.CapacityEffect.Withdraw;
import solo.provisioner.capacity.model.CapacityOptions;
import solo.provisioner.capacity.model.CapacityOptions.Binding;
import solo.provisioner.capacity.model.CapacityOptions.Owner;
import solo.provisioner.capacity.model.CapacityView;
import solo.provisioner.capacity.model.CapacityView.Place;
import solo.provisioner.capacity.model.Room;

/** One capacity object for each wanted pair of class and place, saying what the driver says. */
public final class CapacityRules {

    /** The oldest of several objects stays. */
    private static final Comparator<CsiStorageCapacity> AGE = Comparator.comparing(
                    (CsiStorageCapacity object) -> object.meta().created(),
                    Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(CsiStorageCapacity::key);

    private CapacityRules() {}

    public static CapacityDecision decide(CapacityView view) {
        StorageClass storageClass = view.storageClass();
        if (storageClass == null || view.place() == Place.GONE || !wanted(storageClass, view.options())) {
            return new Run(
                    view.objects().stream().<CapacityEffect>map(Withdraw::new).toList());
        }
        return switch (view.answer()) {
            case null -> new Run(List.of(new Ask(storageClass.parameters())));
            case CapacityAnswer.Refused(var error) -> new Wait(new CapacityUnknown(error));
            case CapacityAnswer.NotWritten(var why) -> new Wait(new CapacityNotWritten(why));
            case CapacityAnswer.Asked(var room) -> new Run(say(room, view));
        };
    }

    /** With late binding the scheduler looks at capacity, with immediate binding nobody does unless told to. */
    public static boolean wanted(StorageClass storageClass, CapacityOptions options) {
        boolean immediate = "Immediate".equals(storageClass.volumeBindingMode());
        return storageClass.provisioner().equals(options.driver())
                && (!immediate || options.binding() == Binding.IMMEDIATE_TOO);
    }

    /** No room at all is said too, or the scheduler would go on with what it knew. */
    private static List<CapacityEffect> say(Room room, CapacityView view) {
        List<CsiStorageCapacity> objects = view.objects().stream().sorted(AGE).toList();
        if (objects.isEmpty()) {
            return List.of(new Publish(room));
        }
        List<CapacityEffect> effects = new ArrayList<>();
        CsiStorageCapacity first = objects.getFirst();
        if (!says(first, room) || !owned(first, view.options().owner())) {
            effects.add(new Correct(first, room));
        }
        objects.stream().skip(1).map(Withdraw::new).forEach(effects::add);
        return effects;
    }

    /** True when there is nothing to correct in what an object says. */
    public static boolean says(CsiStorageCapacity object, Room room) {
        return same(object.capacity(), room.available()) && same(object.maximumVolumeSize(), room.largestVolume());
    }

    private static boolean same(@Nullable Quantity one, @Nullable Quantity other) {
        if (one == null) {
            return other == null;
        }
        return other != null && one.compareTo(other) == 0;
    }

    private static boolean owned(CsiStorageCapacity object, @Nullable Owner owner) {
        return owner == null || object.owners().contains(owner.uid());
    }
}
