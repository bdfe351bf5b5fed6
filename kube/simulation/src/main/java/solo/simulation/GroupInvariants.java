package solo.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.csi.Rpcs;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.LabelSelector;
import solo.kube.model.ObjectKey;
import solo.kube.model.VolumeGroupSnapshot;

/** What must hold where groups of snapshots are taken and deleted. Beside {@link SnapshotInvariants}, which hold for members too. */
public final class GroupInvariants {
    private static final String IN_GROUP = "groupsnapshot.storage.k8s.io/volumeGroupSnapshotHandle";

    /** The one that a request of a former leader which arrives late can break. */
    public static final String ACCOUNTED_FOR = "every group of the backend has a content";

    private GroupInvariants() {}

    public static List<Supplier<Invariant>> all() {
        return List.of(
                GroupInvariants::whatIsReadyIsWhole,
                GroupInvariants::membersShareTheGroup,
                NoSnapshotForAMember::new,
                EveryGroupIsAccountedFor::new,
                NoMemberOutlivesItsGroup::new,
                GroupInvariants::everyGroupBecomesReady,
                GroupInvariants::whatCanGoIsGone);
    }

    /** Never lose: all members of a group, or none. */
    static Invariant whatIsReadyIsWhole() {
        return Invariant.always("a group that is ready has all its members", world -> {
            for (Json group : world.server().objects(Kinds.GROUP_SNAPSHOT)) {
                if (!group.at("status", "readyToUse").flag(false)
                        || KubernetesObjects.deleting(group)
                        || group.at("spec", "source", "volumeGroupSnapshotContentName")
                                .present()) {
                    continue;
                }
                Json content = contentOf(world, group);
                String handle = handle(content);
                ModelGroup real = world.backend().groups().get(handle);
                if (real == null) {
                    return name(group) + " is ready, but the backend has no group " + handle;
                }
                Set<String> of = new HashSet<>();
                for (Json member : members(world, group)) {
                    Json own = world.object(
                            Kinds.SNAPSHOT_CONTENT,
                            ObjectKey.cluster(member.at("status", "boundVolumeSnapshotContentName")
                                    .text("")));
                    of.add(own.at("spec", "source", "volumeHandle").text(""));
                }
                if (!of.equals(Set.copyOf(real.volumeIds())) && !lost(world, group)) {
                    return name(group) + " is ready with " + of + " of " + real.volumeIds();
                }
            }
            return null;
        });
    }

    /** Somebody removed a member by force. */
    private static boolean lost(World world, Json group) {
        return members(world, group).size()
                < contentOf(world, group)
                        .at("status", "volumeSnapshotInfoList")
                        .items()
                        .size();
    }

    static Invariant membersShareTheGroup() {
        return Invariant.always("the snapshot of a member is of its group", world -> {
            for (Json content : world.server().objects(Kinds.SNAPSHOT_CONTENT)) {
                String group = content.at("metadata", "annotations", IN_GROUP).text("");
                String handle = content.at("status", "snapshotHandle").text("");
                ModelSnapshot real = world.backend().snapshots().get(handle);
                if (!group.isEmpty() && real != null && !real.group().equals(group)) {
                    return name(content) + " has " + real + ", not one of " + group;
                }
            }
            return null;
        });
    }

    /** A member is never asked for with CreateSnapshot. */
    private static final class NoSnapshotForAMember implements Invariant {
        private final Set<String> names = new HashSet<>();

        @Override
        public String name() {
            return "no CreateSnapshot for a member of a group";
        }

        @Override
        public @Nullable String broken(World world) {
            world.server().objects(Kinds.SNAPSHOT).stream()
                    .filter(one -> one.at("metadata", "ownerReferences").present())
                    .forEach(one -> names.add("snapshot-" + KubernetesObjects.uid(one)));
            return null;
        }

        @Override
        public @Nullable String brokenAtRest(World world) {
            return first(world.driver().calls().made(Rpcs.CREATE_SNAPSHOT).stream()
                    .map(csi.v1.CreateSnapshotRequest::getName)
                    .filter(names::contains)
                    .map(one -> "CreateSnapshot " + one));
        }
    }

    /** Never leak. What a content with policy Retain once had is the administrator's. */
    private static final class EveryGroupIsAccountedFor implements Invariant {
        private final Set<String> retained = new HashSet<>(Set.of("imported-group"));

        @Override
        public String name() {
            return ACCOUNTED_FOR;
        }

        @Override
        public @Nullable String broken(World world) {
            world.server().objects(Kinds.GROUP_SNAPSHOT_CONTENT).stream()
                    .filter(one -> one.at("spec", "deletionPolicy").text("").equals("Retain"))
                    .map(GroupInvariants::handle)
                    .forEach(retained::add);
            return null;
        }

        @Override
        public @Nullable String brokenAtRest(World world) {
            Set<String> handles = new HashSet<>(retained);
            world.server().objects(Kinds.GROUP_SNAPSHOT_CONTENT).forEach(one -> handles.add(handle(one)));
            return first(world.backend().groups().keySet().stream()
                    .filter(id -> !handles.contains(id))
                    .map(id -> "leaked " + id));
        }
    }

    /**
     * A snapshot of a group goes with it, and its content too unless the policy is Retain, or somebody removed the group
     * by force, deleted before or not: then its members may just have been in the making (docs/on-purpose.md).
     */
    private static final class NoMemberOutlivesItsGroup implements Invariant {
        /** By the uid of a member's VolumeSnapshot. */
        private final Map<String, String> contents = new HashMap<>();

        private final Map<String, String> groups = new HashMap<>();
        private final Set<String> deleted = new HashSet<>();

        @Override
        public String name() {
            return "no member outlives its group";
        }

        @Override
        public @Nullable String broken(World world) {
            world.server().objects(Kinds.GROUP_SNAPSHOT).stream()
                    .filter(KubernetesObjects::deleting)
                    .forEach(one -> deleted.add(KubernetesObjects.uid(one)));
            for (Json snapshot : world.server().objects(Kinds.SNAPSHOT)) {
                snapshot.at("metadata", "ownerReferences").items().stream()
                        .findFirst()
                        .ifPresent(owner -> groups.put(
                                KubernetesObjects.uid(snapshot), owner.at("uid").text("")));
            }
            for (Json content : world.server().objects(Kinds.SNAPSHOT_CONTENT)) {
                if (content.at("metadata", "annotations", IN_GROUP).present()
                        && content.at("spec", "deletionPolicy").text("").equals("Delete")) {
                    contents.put(
                            content.at("spec", "volumeSnapshotRef", "uid").text(""),
                            KubernetesObjects.key(content).name());
                }
            }
            return null;
        }

        @Override
        public @Nullable String brokenAtRest(World world) {
            for (Json snapshot : world.server().objects(Kinds.SNAPSHOT)) {
                contents.remove(KubernetesObjects.uid(snapshot));
                Json owner = snapshot.at("metadata", "ownerReferences").items().stream()
                        .findFirst()
                        .orElse(new Json(null));
                if (owner.present()
                        && !world.object(
                                        Kinds.GROUP_SNAPSHOT,
                                        new ObjectKey(
                                                KubernetesObjects.key(snapshot).namespace(),
                                                owner.at("name").text("")))
                                .at("metadata", "uid")
                                .text("")
                                .equals(owner.at("uid").text(""))) {
                    return KubernetesObjects.key(snapshot) + " has outlived group "
                            + owner.at("name").text("");
                }
            }
            return first(contents.entrySet().stream()
                    .filter(one -> {
                        String group = groups.getOrDefault(one.getKey(), "");
                        return deleted.contains(group) && !world.server().wasRemovedByForce(group);
                    })
                    .map(Map.Entry::getValue)
                    .filter(one -> world.server().find(Kinds.SNAPSHOT_CONTENT, ObjectKey.cluster(one)) != null)
                    .map(one -> one + " has outlived its snapshot"));
        }
    }

    static Invariant everyGroupBecomesReady() {
        return Invariant.atRest(
                "every group that can be taken is ready",
                world -> first(world.server().objects(Kinds.GROUP_SNAPSHOT).stream()
                        .filter(one -> !KubernetesObjects.deleting(one) && canBeTaken(world, one))
                        .filter(one -> !one.at("status", "readyToUse").flag(false)
                                || one.at("status", "error").present())
                        .map(one -> name(one) + " is not ready: " + one.at("status"))));
    }

    static Invariant whatCanGoIsGone() {
        return Invariant.atRest(
                "groups that can go are gone",
                world -> first(Stream.concat(
                                world.server().objects(Kinds.GROUP_SNAPSHOT).stream()
                                        .filter(KubernetesObjects::deleting)
                                        .filter(one -> members(world, one).stream()
                                                .noneMatch(member -> SnapshotInvariants.beingRestored(world, member))),
                                world.server().objects(Kinds.GROUP_SNAPSHOT_CONTENT).stream()
                                        .filter(KubernetesObjects::deleting)
                                        .filter(one -> !groupOf(world, one).present()))
                        .map(one -> name(one) + " hangs, finalizers "
                                + one.at("metadata", "finalizers").texts())));
    }

    private static boolean canBeTaken(World world, Json group) {
        String imported =
                group.at("spec", "source", "volumeGroupSnapshotContentName").text("");
        if (imported.isEmpty()) {
            return volumesAreThere(world, group);
        }
        Json content = world.object(Kinds.GROUP_SNAPSHOT_CONTENT, ObjectKey.cluster(imported));
        String uid = content.at("spec", "volumeGroupSnapshotRef", "uid").text("");
        return content.present()
                && !KubernetesObjects.deleting(content)
                && (uid.isEmpty() || uid.equals(KubernetesObjects.uid(group)));
    }

    /** Those of its content, or those of the claims that it means while it has none. */
    private static boolean volumesAreThere(World world, Json group) {
        Json content = contentOf(world, group);
        if (content.present()) {
            return world.backend().groups().containsKey(handle(content))
                    || content.at("spec", "source", "volumeHandles").texts().stream()
                            .allMatch(volume -> world.backend().volume(volume) != null);
        }
        LabelSelector selector = VolumeGroupSnapshot.of(group).source().selector();
        List<Json> claims = world.server().objects(Kinds.CLAIM).stream()
                .filter(claim -> selector != null
                        && selector.matches(claim.at("metadata", "labels").textMap()))
                .toList();
        return !claims.isEmpty()
                && claims.stream()
                        .allMatch(claim -> KubernetesObjects.phase(claim).equals("Bound"));
    }

    private static List<Json> members(World world, Json group) {
        String uid = KubernetesObjects.uid(group);
        return world.server().objects(Kinds.SNAPSHOT).stream()
                .filter(one -> one.at("metadata", "ownerReferences").items().stream()
                        .anyMatch(owner -> owner.at("uid").text("").equals(uid)))
                .toList();
    }

    private static Json contentOf(World world, Json group) {
        return world.object(
                Kinds.GROUP_SNAPSHOT_CONTENT,
                ObjectKey.cluster(group.at("status", "boundVolumeGroupSnapshotContentName")
                        .text("")));
    }

    /** The group that a content is bound to, absent if that one is gone. */
    private static Json groupOf(World world, Json content) {
        Json reference = content.at("spec", "volumeGroupSnapshotRef");
        Json found = world.object(
                Kinds.GROUP_SNAPSHOT,
                new ObjectKey(
                        reference.at("namespace").text(""), reference.at("name").text("")));
        return KubernetesObjects.uid(found).equals(reference.at("uid").text("")) ? found : new Json(null);
    }

    private static String handle(Json groupContent) {
        return groupContent.at("status", "volumeGroupSnapshotHandle").text("");
    }

    private static String name(Json object) {
        return object.at("kind").text("") + " " + object.at("metadata", "name").text("");
    }

    private static @Nullable String first(Stream<String> broken) {
        return broken.findFirst().orElse(null);
    }
}
