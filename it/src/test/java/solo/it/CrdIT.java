package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import solo.it.cluster.ClusterException;
import solo.it.up.Checkout;
import solo.it.up.Manifests;
import solo.kube.model.Json;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the CRDs of charts/crds accept and refuse, asked of the API server. */
@ExtendWith(RealCluster.class)
class CrdIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    /** What each kind is made with; a row of the table merges its own over it. */
    private static final Map<String, String> MADE = Map.of(
            "VolumeSnapshot",
            "spec: {source: {persistentVolumeClaimName: a}}",
            "VolumeSnapshotContent",
            "spec: {driver: d, deletionPolicy: Delete, volumeSnapshotRef: {name: s, namespace: n},"
                    + " source: {volumeHandle: v}}",
            "VolumeGroupSnapshot",
            "spec: {source: {selector: {matchLabels: {app: a}}}}",
            "VolumeGroupSnapshotContent",
            "spec: {driver: d, deletionPolicy: Delete, volumeGroupSnapshotRef: {name: s, namespace: n},"
                    + " source: {volumeHandles: [v]}}",
            "VolumeGroupSnapshotClass",
            "{driver: d, deletionPolicy: Delete, parameters: {a: b}}");

    /** Kind, and its version if it is not v1 | made with | then changed by | refused because. */
    private static final String TABLE = """
        VolumeSnapshot | {} | |
        VolumeSnapshot | {spec: {volumeSnapshotClassName: c}} | {spec: {volumeSnapshotClassName: d}} |
        VolumeSnapshot | {spec: {volumeSnapshotClassName: ""}} | | volumeSnapshotClassName must not be the empty string when set
        VolumeSnapshot | {} | {spec: {volumeSnapshotClassName: ""}} | volumeSnapshotClassName must not be the empty string when set
        VolumeSnapshot | {spec: {source: {persistentVolumeClaimName: null}}} | | exactly one of volumeSnapshotContentName and persistentVolumeClaimName must be set
        VolumeSnapshot | {spec: {source: {volumeSnapshotContentName: b}}} | | exactly one of volumeSnapshotContentName and persistentVolumeClaimName must be set
        VolumeSnapshot | {spec: {source: {persistentVolumeClaimName: null, volumeSnapshotContentName: b}}} | {metadata: {labels: {a: b}}} |
        VolumeSnapshot | {} | {metadata: {annotations: {a: b}}} |
        VolumeSnapshot | {} | {spec: {source: {persistentVolumeClaimName: b}}} | persistentVolumeClaimName is immutable
        VolumeSnapshot | {} | {spec: {source: {persistentVolumeClaimName: null, volumeSnapshotContentName: b}}} | persistentVolumeClaimName is required once set
        VolumeSnapshot | {spec: {source: {persistentVolumeClaimName: null, volumeSnapshotContentName: b}}} | {spec: {source: {volumeSnapshotContentName: c}}} | volumeSnapshotContentName is immutable
        VolumeSnapshot | {spec: {source: {persistentVolumeClaimName: null, volumeSnapshotContentName: b}}} | {spec: {source: {persistentVolumeClaimName: a, volumeSnapshotContentName: null}}} | volumeSnapshotContentName is required once set
        VolumeSnapshot | {} | {status: {restoreSize: 1Gi, readyToUse: true}} |

        VolumeSnapshotContent | {} | {spec: {deletionPolicy: Retain}} |
        VolumeSnapshotContent | {} | {spec: {volumeSnapshotRef: {uid: u}}} |
        VolumeSnapshotContent | {spec: {volumeSnapshotRef: {uid: u}}} | {spec: {volumeSnapshotRef: {uid: w}}} |
        VolumeSnapshotContent | {spec: {deletionPolicy: Keep}} | | Unsupported value: "Keep"
        VolumeSnapshotContent | {spec: {volumeSnapshotRef: {name: null}}} | | both spec.volumeSnapshotRef.name and spec.volumeSnapshotRef.namespace must be set
        VolumeSnapshotContent | {spec: {volumeSnapshotRef: {namespace: null}}} | | both spec.volumeSnapshotRef.name and spec.volumeSnapshotRef.namespace must be set
        VolumeSnapshotContent | {spec: {source: {volumeHandle: null}}} | | exactly one of volumeHandle and snapshotHandle must be set
        VolumeSnapshotContent | {spec: {source: {snapshotHandle: s}}} | | exactly one of volumeHandle and snapshotHandle must be set
        VolumeSnapshotContent | {} | {spec: {source: {volumeHandle: w}}} | volumeHandle is immutable
        VolumeSnapshotContent | {} | {spec: {source: {volumeHandle: null, snapshotHandle: s}}} | volumeHandle is required once set
        VolumeSnapshotContent | {spec: {source: {volumeHandle: null, snapshotHandle: s}}} | {spec: {source: {snapshotHandle: t}}} | snapshotHandle is immutable
        VolumeSnapshotContent | {spec: {source: {volumeHandle: null, snapshotHandle: s}}} | {spec: {source: {volumeHandle: v, snapshotHandle: null}}} | snapshotHandle is required once set
        VolumeSnapshotContent | {} | {spec: {sourceVolumeMode: Block}} |
        VolumeSnapshotContent | {spec: {sourceVolumeMode: Block}} | {spec: {sourceVolumeMode: Filesystem}} | sourceVolumeMode is immutable
        VolumeSnapshotContent | {spec: {sourceVolumeMode: Block}} | {spec: {sourceVolumeMode: null}} | sourceVolumeMode is required once set
        VolumeSnapshotContent | {} | {status: {restoreSize: -1}} | should be greater than or equal to 0

        VolumeGroupSnapshot | {} | {metadata: {labels: {a: b}}} |
        VolumeGroupSnapshot | {spec: {volumeGroupSnapshotClassName: c}} | {spec: {volumeGroupSnapshotClassName: d}} |
        VolumeGroupSnapshot | {spec: {volumeGroupSnapshotClassName: ""}} | | volumeGroupSnapshotClassName must not be the empty string when set
        VolumeGroupSnapshot | {spec: {source: {selector: null}}} | | exactly one of selector and volumeGroupSnapshotContentName must be set
        VolumeGroupSnapshot | {spec: {source: {volumeGroupSnapshotContentName: c}}} | | exactly one of selector and volumeGroupSnapshotContentName must be set
        VolumeGroupSnapshot | {spec: {source: {selector: null, volumeGroupSnapshotContentName: c}}} | {metadata: {labels: {a: b}}} |
        VolumeGroupSnapshot | {spec: {source: {selector: {matchExpressions: [{key: a, operator: In, values: [b]}]}}}} | |
        VolumeGroupSnapshot | {} | {spec: {source: {selector: {matchLabels: {app: b}}}}} | selector is immutable
        VolumeGroupSnapshot | {} | {spec: {source: {selector: null, volumeGroupSnapshotContentName: c}}} | selector is required once set
        VolumeGroupSnapshot | {spec: {source: {selector: null, volumeGroupSnapshotContentName: c}}} | {spec: {source: {volumeGroupSnapshotContentName: d}}} | volumeGroupSnapshotContentName is immutable
        VolumeGroupSnapshot | {spec: {source: {selector: null, volumeGroupSnapshotContentName: c}}} | {spec: {source: {selector: {}, volumeGroupSnapshotContentName: null}}} | volumeGroupSnapshotContentName is required once set
        VolumeGroupSnapshot | {} | {status: {boundVolumeGroupSnapshotContentName: c}} |
        VolumeGroupSnapshot | {status: {boundVolumeGroupSnapshotContentName: c}} | {status: {readyToUse: true}} |
        VolumeGroupSnapshot | {status: {boundVolumeGroupSnapshotContentName: c}} | {status: {boundVolumeGroupSnapshotContentName: d}} | boundVolumeGroupSnapshotContentName is immutable once set
        VolumeGroupSnapshot v1beta2 | {status: {boundVolumeGroupSnapshotContentName: c}} | {status: {boundVolumeGroupSnapshotContentName: d}} | boundVolumeGroupSnapshotContentName is immutable once set
        VolumeGroupSnapshot v1beta1 | {status: {boundVolumeGroupSnapshotContentName: c}} | {status: {boundVolumeGroupSnapshotContentName: d}} |
        VolumeGroupSnapshot v1beta1 | {} | {spec: {source: {selector: {matchLabels: {app: b}}}}} | selector is immutable

        VolumeGroupSnapshotContent | {} | {spec: {deletionPolicy: Retain}} |
        VolumeGroupSnapshotContent | {spec: {deletionPolicy: Keep}} | | Unsupported value: "Keep"
        VolumeGroupSnapshotContent | {} | {spec: {driver: e}} | driver is immutable once set
        VolumeGroupSnapshotContent v1beta2 | {} | {spec: {driver: e}} | driver is immutable once set
        VolumeGroupSnapshotContent v1beta1 | {} | {spec: {driver: e}} |
        VolumeGroupSnapshotContent | {} | {spec: {volumeGroupSnapshotClassName: c}} |
        VolumeGroupSnapshotContent | {spec: {volumeGroupSnapshotClassName: c}} | {spec: {volumeGroupSnapshotClassName: d}} | volumeGroupSnapshotClassName is immutable once set
        VolumeGroupSnapshotContent | {spec: {volumeGroupSnapshotRef: {name: null}}} | | both volumeGroupSnapshotRef.name and volumeGroupSnapshotRef.namespace must be set
        VolumeGroupSnapshotContent | {spec: {volumeGroupSnapshotRef: {namespace: null}}} | | both volumeGroupSnapshotRef.name and volumeGroupSnapshotRef.namespace must be set
        VolumeGroupSnapshotContent v1beta1 | {spec: {volumeGroupSnapshotRef: {namespace: null}}} | | both volumeGroupSnapshotRef.name and volumeGroupSnapshotRef.namespace must be set
        VolumeGroupSnapshotContent | {} | {spec: {volumeGroupSnapshotRef: {name: t}}} | volumeGroupSnapshotRef.name and volumeGroupSnapshotRef.namespace are immutable
        VolumeGroupSnapshotContent | {} | {spec: {volumeGroupSnapshotRef: {namespace: o}}} | volumeGroupSnapshotRef.name and volumeGroupSnapshotRef.namespace are immutable
        VolumeGroupSnapshotContent v1beta1 | {} | {spec: {volumeGroupSnapshotRef: {name: t}}} |
        VolumeGroupSnapshotContent | {} | {spec: {volumeGroupSnapshotRef: {uid: u}}} |
        VolumeGroupSnapshotContent | {spec: {volumeGroupSnapshotRef: {uid: u}}} | {spec: {volumeGroupSnapshotRef: {uid: w}}} | volumeGroupSnapshotRef.uid is immutable once set
        VolumeGroupSnapshotContent | {spec: {volumeGroupSnapshotRef: {uid: u}}} | {spec: {volumeGroupSnapshotRef: {uid: null}}} | volumeGroupSnapshotRef.uid is immutable once set
        VolumeGroupSnapshotContent | {spec: {source: {volumeHandles: null}}} | | exactly one of volumeHandles and groupSnapshotHandles must be set
        VolumeGroupSnapshotContent | {spec: {source: {groupSnapshotHandles: {volumeGroupSnapshotHandle: g, volumeSnapshotHandles: [s]}}}} | | exactly one of volumeHandles and groupSnapshotHandles must be set
        VolumeGroupSnapshotContent | {spec: {source: {volumeHandles: null, groupSnapshotHandles: {volumeGroupSnapshotHandle: g}}}} | | volumeSnapshotHandles: Required value
        VolumeGroupSnapshotContent | {} | {spec: {source: {volumeHandles: [w]}}} | volumeHandles is immutable
        VolumeGroupSnapshotContent | {} | {spec: {source: {volumeHandles: null, groupSnapshotHandles: {volumeGroupSnapshotHandle: g, volumeSnapshotHandles: [s]}}}} | volumeHandles is required once set
        VolumeGroupSnapshotContent | {spec: {source: {volumeHandles: null, groupSnapshotHandles: {volumeGroupSnapshotHandle: g, volumeSnapshotHandles: [s]}}}} | {spec: {source: {groupSnapshotHandles: {volumeSnapshotHandles: [t]}}}} | groupSnapshotHandles is immutable
        VolumeGroupSnapshotContent | {spec: {source: {volumeHandles: null, groupSnapshotHandles: {volumeGroupSnapshotHandle: g, volumeSnapshotHandles: [s]}}}} | {spec: {source: {volumeHandles: [v], groupSnapshotHandles: null}}} | groupSnapshotHandles is required once set
        VolumeGroupSnapshotContent | {} | {status: {volumeGroupSnapshotHandle: g, volumeSnapshotInfoList: [{volumeHandle: v, snapshotHandle: s, creationTime: 1}]}} |
        VolumeGroupSnapshotContent | {status: {volumeGroupSnapshotHandle: g}} | {status: {volumeGroupSnapshotHandle: h}} | volumeGroupSnapshotHandle is immutable once set
        VolumeGroupSnapshotContent | {status: {volumeGroupSnapshotHandle: g}} | {status: {volumeGroupSnapshotHandle: null}} |
        VolumeGroupSnapshotContent v1beta1 | {status: {volumeGroupSnapshotHandle: g}} | {status: {volumeGroupSnapshotHandle: h}} |
        VolumeGroupSnapshotContent v1beta1 | {} | {status: {volumeSnapshotHandlePairList: [{volumeHandle: v}]}} | snapshotHandle: Required value

        VolumeGroupSnapshotClass | {} | {metadata: {annotations: {a: b}}} |
        VolumeGroupSnapshotClass | {} | {driver: e} | driver is immutable once set
        VolumeGroupSnapshotClass | {} | {deletionPolicy: Retain} | deletionPolicy is immutable once set
        VolumeGroupSnapshotClass | {} | {parameters: {a: c}} | parameters are immutable once set
        VolumeGroupSnapshotClass v1beta2 | {} | {parameters: {a: c}} | parameters are immutable once set
        VolumeGroupSnapshotClass v1beta1 | {} | {driver: e, deletionPolicy: Retain, parameters: {a: c}} |
        """;

    /** {@code change} empty: it is about the creation. {@code because} empty: the API server has nothing against it. */
    record Row(String kind, String version, String with, String change, String because) {

        static Row of(String line) {
            String[] cells = line.split("\\|", -1);
            String[] kind = cells[0].strip().split(" ", -1);
            return new Row(
                    kind[0], kind.length > 1 ? kind[1] : "v1", cells[1].strip(), cells[2].strip(), cells[3].strip());
        }

        @Override
        public String toString() {
            String what = kind + " " + version + " " + with + (change.isEmpty() ? "" : " -> " + change);
            return what + (because.isEmpty() ? " is accepted" : ": " + because);
        }
    }

    static Stream<Row> table() {
        return TABLE.lines().filter(line -> !line.isBlank()).map(Row::of);
    }

    private final Bench bench;
    private final KubernetesSerialization yaml;

    CrdIT(Bench bench) {
        this.bench = bench;
        this.yaml = bench.client().getKubernetesSerialization();
    }

    @ParameterizedTest
    @MethodSource("table")
    void the_api_server_accepts_and_refuses(Row row) {
        Resource<GenericKubernetesResource> object = object(row);
        try {
            if (row.because.isEmpty()) {
                make(row);
                change(object, row.change);
            } else if (row.change.isEmpty()) {
                assertThat(refusal(() -> make(row))).contains(row.because);
            } else {
                make(row);
                assertThat(refusal(() -> change(object, row.change))).contains(row.because);
            }
        } finally {
            object.delete();
        }
    }

    /** A rule that is added to a CRD without a row here fails. */
    @Test
    void every_rule_of_every_kind_has_a_row() throws IOException {
        Set<String> rules = new TreeSet<>();
        for (Path file : crdFiles()) {
            CustomResourceDefinition crd = crd(file);
            for (var version : crd.getSpec().getVersions()) {
                collectRules(
                        crd.getSpec().getNames().getKind(),
                        new Json(yaml.convertValue(version.getSchema(), Map.class)),
                        rules);
            }
        }
        Set<String> rows = new TreeSet<>();
        table().forEach(row -> rows.add(row.kind + ": " + row.because));
        assertThat(rules).hasSizeGreaterThan(30);
        assertThat(rows).containsAll(rules);
    }

    private static void collectRules(String kind, Json schema, Set<String> into) {
        switch (schema.value()) {
            case Map<?, ?> fields ->
                fields.forEach((name, value) -> {
                    Json inside = new Json(value);
                    if (name.equals("x-kubernetes-validations")) {
                        inside.items()
                                .forEach(rule -> into.add(
                                        kind + ": " + rule.at("message").text("")));
                    } else {
                        collectRules(kind, inside, into);
                    }
                });
            case null, default -> schema.items().forEach(item -> collectRules(kind, item, into));
        }
    }

    @Test
    void a_crd_that_is_there_is_left_as_it_is_and_one_that_lacks_v1_is_named_in_a_refusal() throws IOException {
        String name = "volumegroupsnapshotclasses.groupsnapshot.storage.k8s.io";
        var crds = bench.client().apiextensions().v1().customResourceDefinitions();
        Manifests manifests = new Manifests(Checkout.folder());
        try {
            crds.withName(name).edit(crd -> described(crd, "somebody's"));
            String theirs = crds.withName(name).get().getMetadata().getResourceVersion();
            manifests.apply(bench.client());
            assertThat(crds.withName(name).get().getMetadata().getResourceVersion())
                    .isEqualTo(theirs);

            crds.withName(name).edit(crd -> withoutServing(crd, "v1"));
            String old = crds.withName(name).get().getMetadata().getResourceVersion();
            assertThatThrownBy(() -> manifests.apply(bench.client()))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining(name + " does not serve version v1");
            assertThat(crds.withName(name).get().getMetadata().getResourceVersion())
                    .isEqualTo(old);
        } finally {
            Path ours = Checkout.folder().resolve("charts/crds/" + name + ".yaml");
            bench.client()
                    .resource(crd(ours))
                    .fieldManager("solo-up")
                    .forceConflicts()
                    .serverSideApply();
        }
    }

    private static CustomResourceDefinition described(CustomResourceDefinition crd, String description) {
        return new CustomResourceDefinitionBuilder(crd)
                .editSpec()
                .editMatchingVersion(version -> version.getName().equals("v1"))
                .editSchema()
                .editOpenAPIV3Schema()
                .withDescription(description)
                .endOpenAPIV3Schema()
                .endSchema()
                .endVersion()
                .endSpec()
                .build();
    }

    private static CustomResourceDefinition withoutServing(CustomResourceDefinition crd, String unserved) {
        return new CustomResourceDefinitionBuilder(crd)
                .editSpec()
                .editMatchingVersion(version -> version.getName().equals(unserved))
                .withServed(false)
                .endVersion()
                .endSpec()
                .build();
    }

    private static Iterable<Path> crdFiles() throws IOException {
        try (Stream<Path> files = Files.list(Checkout.folder().resolve("charts/crds"))) {
            return files.sorted().toList();
        }
    }

    private CustomResourceDefinition crd(Path file) throws IOException {
        return yaml.unmarshal(Files.readString(file), CustomResourceDefinition.class);
    }

    private void make(Row row) {
        Map<String, Object> body = merged(map(MADE.getOrDefault(row.kind, "{}")), map(row.with));
        Object status = body.remove("status");
        body.put("apiVersion", group(row.kind) + "/" + row.version);
        body.put("kind", row.kind);
        body.put("metadata", Map.of("name", name(row)));
        Resource<GenericKubernetesResource> object = object(row);
        objects(row)
                .resource(yaml.convertValue(body, GenericKubernetesResource.class))
                .create();
        if (status != null) {
            change(object, JSON.writeValueAsString(Map.of("status", status)));
        }
    }

    private void change(Resource<GenericKubernetesResource> object, String change) {
        PatchContext merge = PatchContext.of(PatchType.JSON_MERGE);
        if (change.isEmpty()) {
            return;
        }
        String json = JSON.writeValueAsString(map(change));
        if (map(change).containsKey("status")) {
            object.subresource("status").patch(merge, json);
        } else {
            object.patch(merge, json);
        }
    }

    private static String refusal(Runnable request) {
        KubernetesClientException refused = catchThrowableOfType(KubernetesClientException.class, request::run);
        assertThat(refused).as("the API server's refusal").isNotNull();
        assertThat(refused.getCode()).isEqualTo(422);
        return String.valueOf(refused.getMessage());
    }

    /** RFC 7386, for what an object is made with. */
    private static Map<String, Object> merged(Map<String, Object> object, Map<String, Object> over) {
        Map<String, Object> merged = new HashMap<>(object);
        over.forEach((field, value) -> {
            if (value == null) {
                merged.remove(field);
            } else if (value instanceof Map<?, ?> inner) {
                merged.put(field, merged(fields(merged.get(field)), fields(inner)));
            } else {
                merged.put(field, value);
            }
        });
        return merged;
    }

    private static Map<String, Object> fields(@Nullable Object value) {
        Map<String, Object> fields = new HashMap<>();
        if (value instanceof Map<?, ?> given) {
            given.forEach((field, inner) -> fields.put(String.valueOf(field), inner));
        }
        return fields;
    }

    private static Map<String, Object> map(String text) {
        return fields(YAML.readValue(text, Map.class));
    }

    private static String group(String kind) {
        return (kind.contains("Group") ? "groupsnapshot" : "snapshot") + ".storage.k8s.io";
    }

    private static String name(Row row) {
        return "crd-it-" + Integer.toHexString(Arrays.hashCode(new Object[] {row}));
    }

    private Resource<GenericKubernetesResource> object(Row row) {
        return objects(row).withName(name(row));
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            objects(Row row) {
        boolean namespaced = row.kind.endsWith("Snapshot");
        var objects = bench.client()
                .genericKubernetesResources(new ResourceDefinitionContext.Builder()
                        .withGroup(group(row.kind))
                        .withVersion(row.version)
                        .withKind(row.kind)
                        .withPlural(row.kind.toLowerCase(Locale.ROOT) + (row.kind.endsWith("s") ? "es" : "s"))
                        .withNamespaced(namespaced)
                        .build());
        return namespaced ? objects.inNamespace("default") : objects;
    }
}
