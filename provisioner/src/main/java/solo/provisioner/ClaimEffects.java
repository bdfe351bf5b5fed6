package solo.provisioner;

import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.csi.CsiException;
import solo.csi.model.Code;
import solo.csi.model.CreatedVolume;
import solo.csi.model.DriverError;
import solo.csi.model.VolumeRequest;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Projected;
import solo.kube.model.VolumeSnapshot;
import solo.provisioner.kube.ClaimPatches;
import solo.provisioner.kube.PersistentVolumeBody;
import solo.provisioner.model.Fact;
import solo.provisioner.model.NewPersistentVolume;
import solo.provisioner.model.Protection;
import solo.provisioner.model.ProvisionerNames;
import solo.provisioner.model.ProvisioningAnswer.AlreadyExists;
import solo.provisioner.model.ProvisioningAnswer.CreateFailed;
import solo.provisioner.model.ProvisioningAnswer.Created;
import solo.provisioner.model.ProvisioningAnswer.GivenBack;
import solo.provisioner.model.ProvisioningAnswer.NotRecorded;
import solo.provisioner.model.ProvisioningAnswer.ProtectFailed;
import solo.provisioner.model.ProvisioningAnswer.SaveFailed;
import solo.provisioner.model.ProvisioningAnswer.TakenBack;
import solo.provisioner.model.ProvisioningAnswer.Took;
import solo.provisioner.model.ProvisioningEffect;
import solo.provisioner.model.ProvisioningEffect.Announce;
import solo.provisioner.model.ProvisioningEffect.CheckRoom;
import solo.provisioner.model.ProvisioningEffect.CreateVolume;
import solo.provisioner.model.ProvisioningEffect.DeleteVolume;
import solo.provisioner.model.ProvisioningEffect.GiveBack;
import solo.provisioner.model.ProvisioningEffect.ProtectClaim;
import solo.provisioner.model.ProvisioningEffect.ProtectSnapshot;
import solo.provisioner.model.ProvisioningEffect.ReadAttributesClass;
import solo.provisioner.model.ProvisioningEffect.ReadClaim;
import solo.provisioner.model.ProvisioningEffect.ReadContent;
import solo.provisioner.model.ProvisioningEffect.ReadSecret;
import solo.provisioner.model.ProvisioningEffect.ReadSnapshot;
import solo.provisioner.model.ProvisioningEffect.ReleaseSnapshot;
import solo.provisioner.model.ProvisioningEffect.SaveAgain;
import solo.provisioner.model.ProvisioningEffect.SaveVolume;
import solo.provisioner.model.ProvisioningEffect.TakeClaim;
import solo.provisioner.model.ProvisioningView;

/** Carries out effects on the ports. What they bring back becomes part of the view; nothing is decided here. */
final class ClaimEffects {

    private static final Logger log = LoggerFactory.getLogger(ClaimEffects.class);

    private static final CreateFailed BEING_DELETED =
            new CreateFailed(new DriverError(Code.ABORTED, "its earlier volume is just being deleted"));

    private final Ports ports;
    private final ClaimMemory memory;
    private final ProtectedSources<VolumeSnapshot> snapshots;

    ClaimEffects(Ports ports, ClaimMemory memory) {
        this.ports = ports;
        this.memory = memory;
        this.snapshots = new ProtectedSources<>(ports, memory, Kinds.SNAPSHOT, Protection.SNAPSHOT);
    }

    /** In order, up to the first that brings an answer. The same view comes back if there was nothing to learn. */
    ProvisioningView perform(List<ProvisioningEffect> effects, ProvisioningView view) {
        ProvisioningView now = view;
        for (ProvisioningEffect effect : effects) {
            now = perform(effect, now);
            if (!Objects.equals(now.answer(), view.answer())) {
                break;
            }
        }
        return now;
    }

    private ProvisioningView perform(ProvisioningEffect effect, ProvisioningView view) {
        return switch (effect) {
            case ReadClaim(var key) -> view.with(view.facts().withClaim(read(Kinds.CLAIM, key)));
            case ReadSecret(var key) -> view.with(view.facts().withSecret(read(Kinds.SECRET, key)));
            case ReadAttributesClass(var name) ->
                view.with(view.facts().withAttributesClass(read(Kinds.ATTRIBUTES_CLASS, ObjectKey.cluster(name))));
            case ReadSnapshot(var key) -> view.with(view.facts().withSnapshot(readSource(key, view)));
            case ReadContent(var name) ->
                view.with(view.facts().withContent(read(Kinds.SNAPSHOT_CONTENT, ObjectKey.cluster(name))));
            case CheckRoom(var request) -> view.with(view.facts().withRoom(room(request)));
            case TakeClaim(var node) -> take(node, view);
            case Announce(var note) -> {
                ports.events().record(Kinds.CLAIM.reference(view.claim()), note);
                yield view;
            }
            case ProtectSnapshot(var snapshot) -> protect(snapshot, view);
            case ProtectClaim(var source) -> protect(source, view);
            case CreateVolume(var request) -> create(request, view);
            case SaveVolume(var volume) -> save(volume, view);
            case SaveAgain(var volume) -> saveAgain(volume, view);
            case DeleteVolume delete -> takeBack(delete, view);
            case ReleaseSnapshot(var key) -> release(key, view);
            case GiveBack giveBack -> giveBack(giveBack, view);
        };
    }

    private <R extends Projected> Fact<R> read(Kind<R> kind, ObjectKey key) {
        try {
            R found = ports.cluster().live(kind, key);
            return found == null ? new Fact.Missing<>() : new Fact.Known<>(found);
        } catch (ApiException failure) {
            return new Fact.Unreadable<>(text(failure));
        }
    }

    private Fact<Boolean> room(VolumeRequest request) {
        try {
            return new Fact.Known<>(ports.driver().hasRoom(request));
        } catch (CsiException refusal) {
            log.info("volume={} room cannot be checked: {}", request.name(), refusal.goText());
            return new Fact.Unreadable<>(refusal.goText());
        }
    }

    private ProvisioningView take(String node, ProvisioningView view) {
        try {
            var _ = ports.writes()
                    .patch(Kinds.CLAIM, view.claim().key(), ClaimPatches.withSelectedNode(view.claim(), node));
            return view.with(new Took(node, null));
        } catch (ApiException failure) {
            return view.with(new Took(node, text(failure)));
        }
    }

    private ProvisioningView create(VolumeRequest request, ProvisioningView view) {
        if (!memory.entered(view)) {
            return view.with(BEING_DELETED);
        }
        try {
            memory.asked(view, request);
            CreatedVolume volume = ports.driver().create(request);
            memory.made(view.claim().uid(), volume.id());
            return view.with(new Created(volume));
        } catch (ApiException failure) {
            return view.with(new NotRecorded(text(failure)));
        } catch (CsiException refusal) {
            return view.with(new CreateFailed(refusal.error()));
        } finally {
            memory.left(view.claim().uid());
        }
    }

    /** What may have been saved may be deleted by now, and its object, too. */
    private ProvisioningView saveAgain(NewPersistentVolume volume, ProvisioningView view) {
        if (!memory.entered(view)) {
            return view.with(BEING_DELETED);
        }
        try {
            return save(volume, view);
        } finally {
            memory.left(view.claim().uid());
        }
    }

    private ProvisioningView save(NewPersistentVolume volume, ProvisioningView view) {
        try {
            var _ = ports.writes().create(Kinds.VOLUME, PersistentVolumeBody.of(volume));
            log.info(
                    "claim={} volume={} handle={} provisioned",
                    view.claim().key(),
                    volume.name(),
                    volume.csi().volumeHandle());
            return view;
        } catch (ApiException failure) {
            return failure.failure() == Failure.ALREADY_EXISTS
                    ? compare(volume, view, failure)
                    : notSaved(volume, view, text(failure));
        }
    }

    private ProvisioningView notSaved(NewPersistentVolume volume, ProvisioningView view, String why) {
        memory.perhapsSaved(view.claim().uid(), volume);
        return view.with(new SaveFailed(volume.name(), why));
    }

    private ProvisioningView compare(NewPersistentVolume volume, ProvisioningView view, ApiException failure) {
        return switch (read(Kinds.VOLUME, ObjectKey.cluster(volume.name()))) {
            case Fact.Known<PersistentVolume>(var existing) -> view.with(new AlreadyExists(volume, existing));
            case Fact.Unreadable<PersistentVolume>(var why) -> notSaved(volume, view, why);
            case Fact.Missing<PersistentVolume>() -> notSaved(volume, view, text(failure));
            case Fact.Unread<PersistentVolume>() -> throw new IllegalStateException("just read");
        };
    }

    private ProvisioningView takeBack(DeleteVolume delete, ProvisioningView view) {
        try {
            ports.driver().delete(delete.handle(), delete.secrets());
            return view.with(new TakenBack(delete.because(), null));
        } catch (CsiException refusal) {
            return view.with(new TakenBack(delete.because(), refusal.error()));
        }
    }

    /** A role that may not change snapshots is common, and the Go provisioner goes on without protection, too. */
    private ProvisioningView protect(VolumeSnapshot snapshot, ProvisioningView view) {
        try {
            var _ = ports.writes()
                    .patch(
                            Kinds.SNAPSHOT,
                            snapshot.key(),
                            Patch.addFinalizer(snapshot.meta().finalizers(), ProvisionerNames.SNAPSHOT_FINALIZER));
            return view;
        } catch (ApiException failure) {
            if (failure.failure() == Failure.FORBIDDEN) {
                log.warn("snapshot={} not protected during restore: {}", snapshot.key(), text(failure));
                return view;
            }
            return view.with(new ProtectFailed("VolumeSnapshot " + snapshot.key(), text(failure)));
        }
    }

    private ProvisioningView protect(PersistentVolumeClaim source, ProvisioningView view) {
        try {
            var _ = ports.writes()
                    .patch(
                            Kinds.CLAIM,
                            source.key(),
                            Patch.addFinalizer(source.meta().finalizers(), ProvisionerNames.CLONE_FINALIZER));
            return view;
        } catch (ApiException failure) {
            return view.with(new ProtectFailed("claim " + source.key(), text(failure)));
        }
    }

    /** Its volume is saved: from now on others decide. What fails here is done later by the sweep. */
    private ProvisioningView release(ObjectKey key, ProvisioningView view) {
        String uid = view.claim().uid();
        memory.succeeded(uid);
        memory.restores().ended(uid);
        try {
            snapshots.filled(key);
        } catch (ApiException failure) {
            log.info("snapshot={} not released: {}", key, text(failure));
        }
        return view;
    }

    /** Who begins to restore it counts before its finalizer is looked at. */
    private Fact<VolumeSnapshot> readSource(ObjectKey key, ProvisioningView view) {
        return memory.restores().begun(Kinds.source(Protection.SNAPSHOT.kind(), key), view.claim())
                ? read(Kinds.SNAPSHOT, key)
                : new Fact.Unreadable<>("it is just being let go after another restore");
    }

    private ProvisioningView giveBack(GiveBack giveBack, ProvisioningView view) {
        try {
            var _ = ports.writes()
                    .patch(Kinds.CLAIM, view.claim().key(), ClaimPatches.withoutSelectedNode(view.claim()));
            return view.with(new GivenBack(giveBack.because(), null));
        } catch (ApiException failure) {
            return view.with(new GivenBack(giveBack.because(), text(failure)));
        }
    }

    private static String text(ApiException failure) {
        return String.valueOf(failure.getMessage());
    }
}
