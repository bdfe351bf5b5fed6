package solo.provisioner.rules;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Secrets;
import solo.kube.model.ObjectKey;
import solo.kube.model.SecretReference;
import solo.provisioner.model.NewPersistentVolume.VolumeSecrets;
import solo.provisioner.model.ProvisioningEffect.ReadSecret;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.Unprepared.BadSecretReference;
import solo.provisioner.model.Unprepared.SecretMissing;

/** The secrets of a claim's class: the one for CreateVolume is read now, the others are only named in the volume. */
final class ClassSecrets {

    /** What a class names; kinds without a secret are absent. */
    record Named(Map<SecretKind, ObjectKey> keys) {

        @Nullable
        ObjectKey of(SecretKind kind) {
            return keys.get(kind);
        }

        VolumeSecrets inVolume() {
            return new VolumeSecrets(
                    of(SecretKind.CONTROLLER_PUBLISH),
                    of(SecretKind.NODE_STAGE),
                    of(SecretKind.NODE_PUBLISH),
                    of(SecretKind.CONTROLLER_EXPAND),
                    of(SecretKind.NODE_EXPAND));
        }
    }

    private ClassSecrets() {}

    static Finding<Secrets> forCreate(ProvisioningView view) {
        return named(view, List.of(SecretKind.PROVISIONER)).then(named -> {
            ObjectKey key = named.of(SecretKind.PROVISIONER);
            if (key == null) {
                return Finding.found(Secrets.NONE);
            }
            return ReadFact.of(
                    view.facts().secret(),
                    new ReadSecret(key),
                    "Secret " + key,
                    new SecretMissing(key),
                    secret -> Finding.found(new Secrets(secret.data())));
        });
    }

    static Finding<Named> named(ProvisioningView view) {
        return named(view, SecretKind.OF_CALLS);
    }

    private static Finding<Named> named(ProvisioningView view, List<SecretKind> kinds) {
        return ShouldProvision.hasClass(view).then(storageClass -> {
            var context = new SecretReferences.Context(
                    VolumeName.of(view.options().naming(), view.claim().uid()),
                    view.claim().key(),
                    view.claim().meta().annotations());
            Map<SecretKind, ObjectKey> keys = new EnumMap<>(SecretKind.class);
            for (SecretKind kind : kinds) {
                switch (SecretReferences.of(kind, storageClass.parameters(), context)) {
                    case SecretReference.Named(var key) -> keys.put(kind, key);
                    case SecretReference.None() -> {}
                    case SecretReference.Bad(var why) -> {
                        return Finding.refused(new BadSecretReference(kind.words(), why));
                    }
                }
            }
            return Finding.found(new Named(keys));
        });
    }
}
