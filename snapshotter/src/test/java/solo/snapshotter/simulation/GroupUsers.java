package solo.snapshotter.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.simulation.ModelDriver;
import solo.simulation.Move;
import solo.simulation.ObjectBuilder;
import solo.simulation.Objects;
import solo.simulation.Users;
import solo.simulation.World;
import solo.snapshotter.model.SnapshotNames;

/**
 * Users who take groups of claims by their labels, restore and delete single members, delete groups and use their names
 * again; administrators who replace classes, delete contents, and remove groups by force.
 */
final class GroupUsers implements Users {
    private static final int CLAIMS = 3;
    private static final int NAMES = 3;
    private static final List<String> CLASSES = List.of("together", "together-kept");

    private int wishes;

    GroupUsers(int wishes) {
        this.wishes = wishes;
    }

    @Override
    public void begin(World world) {
        world.backend().snapshotting(Duration.ofSeconds(7));
        CLASSES.forEach(name -> world.server().add(groupClass(name)));
        for (int i = 0; i < CLAIMS; i++) {
            world.backend().put("part-" + i, "part-" + i, 1L << 30);
            world.server()
                    .put(Objects.volume("part-pv-" + i)
                            .handle("part-" + i)
                            .reclaimPolicy("Retain")
                            .claimRef("ns/part-" + i, "part-uid-" + i)
                            .phase("Bound"));
            world.server()
                    .put(Objects.claim("ns/part-" + i)
                            .uid("part-uid-" + i)
                            .boundTo("part-pv-" + i)
                            .label("app", "db")
                            .label("part", String.valueOf(i)));
        }
        world.backend().putGroup("imported-group", "of-old-1", "of-old-2");
    }

    @Override
    public @Nullable Move next(World world, RandomGenerator random) {
        if (wishes == 0) {
            return null;
        }
        wishes--;
        int i = random.nextInt(NAMES);
        ObjectKey key = new ObjectKey("ns", "group-" + i);
        Json group = world.object(Kinds.GROUP_SNAPSHOT, key);
        int kind = random.nextInt(12);
        if (!group.present()) {
            String className = random.nextInt(3) == 0 ? null : CLASSES.get(random.nextInt(CLASSES.size()));
            boolean some = random.nextBoolean();
            return kind == 0
                    ? new Move("user imports a group", key, () -> importing(world, key))
                    : new Move("user takes a group", key, () -> take(world, key, some, className));
        }
        Json member = anyMember(world, group, random);
        return switch (kind) {
            case 0 -> restore(world, key, member);
            case 1 -> {
                String name = CLASSES.get(random.nextInt(CLASSES.size()));
                yield new Move("admin replaces class", name, () -> replace(world, name));
            }
            case 2 -> new Move("admin deletes the group's content", key, () -> deleteContent(world, group));
            case 3 ->
                new Move(
                        "admin removes group by force",
                        key,
                        () -> world.server().removeByForce(Kinds.GROUP_SNAPSHOT, key));
            case 4, 5 ->
                new Move("user deletes one member", member.at("metadata", "name"), () -> delete(world, member));
            case 6 ->
                new Move(
                        "admin deletes the content of a member",
                        member.at("metadata", "name"),
                        () -> deleteMemberContent(world, member));
            default -> new Move("user deletes group", key, () -> world.server().remove(Kinds.GROUP_SNAPSHOT, key));
        };
    }

    @Override
    public void calm(World world) {
        for (String name : CLASSES) {
            if (world.server().find(Kinds.GROUP_SNAPSHOT_CLASS, ObjectKey.cluster(name)) == null) {
                world.server().add(groupClass(name));
            }
        }
        for (int i = 0; i < NAMES; i++) {
            world.server().remove(Kinds.CLAIM, new ObjectKey("ns", "of-group-" + i));
        }
    }

    @Override
    public void leave(World world) {
        for (int i = 0; i < NAMES; i++) {
            world.server().remove(Kinds.GROUP_SNAPSHOT, new ObjectKey("ns", "group-" + i));
        }
    }

    private static ObjectBuilder<?> groupClass(String name) {
        var builder = Objects.of(Kinds.GROUP_SNAPSHOT_CLASS, name)
                .with(ModelDriver.NAME, "driver")
                .with(name.equals("together-kept") ? "Retain" : "Delete", "deletionPolicy");
        return name.equals("together")
                ? builder.annotation("groupsnapshot.storage.kubernetes.io/is-default-class", "true")
                : builder;
    }

    private static void take(World world, ObjectKey key, boolean some, @Nullable String className) {
        var group = Objects.of(Kinds.GROUP_SNAPSHOT, key.toString())
                .with(Map.of("app", "db"), "spec", "source", "selector", "matchLabels");
        if (some) {
            group = group.with(
                    List.of(Map.of("key", "part", "operator", "NotIn", "values", List.of("0"))),
                    "spec",
                    "source",
                    "selector",
                    "matchExpressions");
        }
        world.server().add(className == null ? group : group.with(className, "spec", "volumeGroupSnapshotClassName"));
    }

    private static void importing(World world, ObjectKey key) {
        String content = "imported-" + key.name();
        if (world.server().find(Kinds.GROUP_SNAPSHOT_CONTENT, ObjectKey.cluster(content)) == null) {
            world.server()
                    .add(Objects.of(Kinds.GROUP_SNAPSHOT_CONTENT, content)
                            .label(SnapshotNames.MANAGED_BY, VolumesOnNodes.OF_IMPORTS)
                            .with(ModelDriver.NAME, "spec", "driver")
                            .with("Retain", "spec", "deletionPolicy")
                            .with(
                                    Map.of(
                                            "volumeGroupSnapshotHandle",
                                            "imported-group",
                                            "volumeSnapshotHandles",
                                            List.of("imported-group-of-old-1", "imported-group-of-old-2")),
                                    "spec",
                                    "source",
                                    "groupSnapshotHandles")
                            .with(
                                    Map.of("namespace", key.namespace(), "name", key.name()),
                                    "spec",
                                    "volumeGroupSnapshotRef"));
        }
        world.server()
                .add(Objects.of(Kinds.GROUP_SNAPSHOT, key.toString())
                        .with(content, "spec", "source", "volumeGroupSnapshotContentName"));
    }

    private static Json anyMember(World world, Json group, RandomGenerator random) {
        String uid = group.at("metadata", "uid").text("");
        List<Json> members = world.server().objects(Kinds.SNAPSHOT).stream()
                .filter(one -> one.at("metadata", "ownerReferences").items().stream()
                        .anyMatch(owner -> owner.at("uid").text("").equals(uid)))
                .toList();
        return members.isEmpty() ? new Json(null) : members.get(random.nextInt(members.size()));
    }

    private static void delete(World world, Json member) {
        if (member.present()) {
            world.server().remove(Kinds.SNAPSHOT, key(member));
        }
    }

    private static Move restore(World world, ObjectKey group, Json member) {
        ObjectKey key = new ObjectKey("ns", "of-" + group.name());
        Kind<?> kind = Kinds.CLAIM;
        return world.server().find(kind, key) == null
                ? new Move("user restores a member", group, () -> {
                    if (member.present()) {
                        world.server()
                                .add(Objects.claim(key.toString())
                                        .fromSnapshot(key(member).name()));
                    }
                })
                : new Move(
                        "user gives the restore up", group, () -> world.server().remove(kind, key));
    }

    private static void replace(World world, String name) {
        if (world.server().find(Kinds.GROUP_SNAPSHOT_CLASS, ObjectKey.cluster(name)) == null) {
            world.server().add(groupClass(name));
        } else {
            world.server().remove(Kinds.GROUP_SNAPSHOT_CLASS, ObjectKey.cluster(name));
        }
    }

    private static void deleteContent(World world, Json group) {
        String name = group.at("status", "boundVolumeGroupSnapshotContentName").text("");
        if (!name.isEmpty()) {
            world.server().remove(Kinds.GROUP_SNAPSHOT_CONTENT, ObjectKey.cluster(name));
        }
    }

    private static void deleteMemberContent(World world, Json member) {
        String name = member.at("status", "boundVolumeSnapshotContentName").text("");
        if (!name.isEmpty()) {
            world.server().remove(Kinds.SNAPSHOT_CONTENT, ObjectKey.cluster(name));
        }
    }

    private static ObjectKey key(Json object) {
        return new ObjectKey(
                object.at("metadata", "namespace").text(""),
                object.at("metadata", "name").text(""));
    }
}
