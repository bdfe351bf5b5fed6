package solo.provisioner.capacity;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import solo.csi.CsiException;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.model.CsiStorageCapacity;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Retry;
import solo.provisioner.Ports;
import solo.provisioner.capacity.model.CapacityAnswer;
import solo.provisioner.capacity.model.CapacityAnswer.Asked;
import solo.provisioner.capacity.model.CapacityAnswer.NotWritten;
import solo.provisioner.capacity.model.CapacityAnswer.Refused;
import solo.provisioner.capacity.model.CapacityDecision.Run;
import solo.provisioner.capacity.model.CapacityDecision.Wait;
import solo.provisioner.capacity.model.CapacityEffect;
import solo.provisioner.capacity.model.CapacityEffect.Ask;
import solo.provisioner.capacity.model.CapacityEffect.Correct;
import solo.provisioner.capacity.model.CapacityEffect.Publish;
import solo.provisioner.capacity.model.CapacityEffect.Withdraw;
import solo.provisioner.capacity.model.CapacityKey;
import solo.provisioner.capacity.model.CapacityOptions;
import solo.provisioner.capacity.model.CapacityView;
import solo.provisioner.capacity.model.CapacityView.Place;
import solo.provisioner.capacity.model.Room;
import solo.provisioner.capacity.rules.CapacityRules;

/** Keeps one capacity object right: asks the driver, and writes only what has changed. */
final class CapacityReconciler implements Reconciler {

    private final Ports ports;
    private final CapacityOptions options;
    private final Kind<CsiStorageCapacity> kind;
    private final CapacityPlaces places;
    private final Published published;

    CapacityReconciler(
            Ports ports,
            CapacityOptions options,
            Kind<CsiStorageCapacity> kind,
            CapacityPlaces places,
            Published published) {
        this.ports = ports;
        this.options = options;
        this.kind = kind;
        this.places = places;
        this.published = published;
    }

    @Override
    public Outcome reconcile(ObjectKey queued) {
        CapacityView view = view(CapacityKey.of(queued));
        while (true) {
            switch (CapacityRules.decide(view)) {
                case Wait(var reason) -> {
                    return Outcome.waiting(reason, Retry.backoff(), null);
                }
                case Run(var effects) -> {
                    CapacityView after = perform(effects, view);
                    if (after.equals(view)) {
                        // A pair that is not wanted any more was never asked for, and needs no more looks.
                        return view.answer() == null ? Outcome.done() : Outcome.again(options.poll());
                    }
                    view = after;
                }
            }
        }
    }

    private CapacityView view(CapacityKey key) {
        return new CapacityView(
                options,
                key,
                ports.cluster().store(Kinds.STORAGE_CLASS).get(ObjectKey.cluster(key.storageClass())),
                places.all().contains(key.segment()) ? Place.EXISTS : Place.GONE,
                ports.cluster().store(kind).all().stream()
                        .filter(object -> CapacityKey.of(object).equals(key))
                        .toList(),
                null);
    }

    private CapacityView perform(List<CapacityEffect> effects, CapacityView view) {
        CapacityView now = view;
        for (CapacityEffect effect : effects) {
            now = perform(effect, now);
            if (!Objects.equals(now.answer(), view.answer())) {
                break;
            }
        }
        return now;
    }

    private CapacityView perform(CapacityEffect effect, CapacityView view) {
        try {
            switch (effect) {
                case Ask(var parameters) -> {
                    return view.with(ask(parameters, view));
                }
                case Publish(var room) -> {
                    published.says(view.key(), room);
                    var _ = ports.writes().create(kind, CapacityBody.of(view.key(), room, options));
                }
                case Correct(var object, var room) -> {
                    published.says(view.key(), room);
                    var _ = ports.writes().patch(kind, object.key(), CapacityBody.correction(room, options));
                }
                case Withdraw(var object) -> ports.writes().delete(kind, object.key(), object.uid());
            }
            return view;
        } catch (ApiException failure) {
            published.forget(view.key());
            return failure.failure() == Failure.NOT_FOUND && effect instanceof Withdraw
                    ? view
                    : view.with(new NotWritten(String.valueOf(failure.getMessage())));
        }
    }

    private CapacityAnswer ask(Map<String, String> parameters, CapacityView view) {
        try {
            Room room = ports.driver().capacity(parameters, view.key().segment());
            return new Asked(room);
        } catch (CsiException refusal) {
            return new Refused(refusal.error());
        }
    }
}
