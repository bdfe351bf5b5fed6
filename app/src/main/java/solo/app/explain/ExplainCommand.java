package solo.app.explain;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import solo.app.ServedKinds;
import solo.app.SoloVersion;
import solo.app.StartupProblem;
import solo.app.Verbosity;
import solo.app.options.KubernetesOptions;
import solo.app.options.SoloOptions;
import solo.kube.ApiException;
import solo.kube.Clock;
import solo.kube.Cluster;
import solo.kube.fabric8.ConnectionProblem;
import solo.kube.fabric8.KubernetesConnection;
import solo.kube.model.ObjectKey;
import solo.resizer.ResizerOptions.AttributesClasses;

/** {@code solo explain}. */
@Command(
        name = "explain",
        customSynopsis = "solo explain pvc|pv|snapshot|content|groupsnapshot|groupcontent [NAME] [OPTIONS]",
        mixinStandardHelpOptions = true,
        versionProvider = SoloVersion.class,
        sortOptions = false,
        description =
                "Says how far a claim, volume, snapshot or group has come, what it waits for, who must act, and what"
                        + " Solo would do next. Changes nothing.",
        footer = {"", "Exit codes: 0 explained, 1 no such object or no answer from the cluster, 2 wrong usage."})
public final class ExplainCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of a claim from a file: another of its name may be there, and the running controller would speak of that one. */
    private static final List<String> NOT_THERE = List.of("nothing: the claim is not in the cluster");

    /** What can be explained. */
    public enum Explained {
        CLAIM("claim"),
        VOLUME("volume"),
        SNAPSHOT("snapshot"),
        CONTENT("content"),
        GROUP("group snapshot"),
        GROUP_CONTENT("group content");

        private final String text;

        Explained(String text) {
            this.text = text;
        }

        private boolean namespaced() {
            return this == CLAIM || this == SNAPSHOT || this == GROUP;
        }
    }

    private static final class ExplainedName implements ITypeConverter<Explained> {
        @Override
        public Explained convert(String given) {
            return switch (given) {
                case "pvc" -> Explained.CLAIM;
                case "pv" -> Explained.VOLUME;
                case "snapshot", "vs", "volumesnapshot" -> Explained.SNAPSHOT;
                case "content", "vsc", "volumesnapshotcontent" -> Explained.CONTENT;
                case "groupsnapshot", "vgs", "volumegroupsnapshot" -> Explained.GROUP;
                case "groupcontent", "vgsc", "volumegroupsnapshotcontent" -> Explained.GROUP_CONTENT;
                default ->
                    throw new TypeConversionException("'" + given
                            + "' cannot be explained: pvc, pv, snapshot (vs), content (vsc), groupsnapshot (vgs)"
                            + " and groupcontent (vgsc) can");
            };
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final KubernetesOptions kubernetes = new KubernetesOptions();

    @Parameters(
            index = "0",
            paramLabel = "pvc|pv|snapshot|content|groupsnapshot|groupcontent",
            converter = ExplainedName.class,
            description = "What kind of object; content is a VolumeSnapshotContent, groupcontent a"
                    + " VolumeGroupSnapshotContent.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Explained kind;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Its name; left out with -f.")
    private @Nullable String name;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "The claim's, snapshot's or group's namespace. Default: the kubeconfig's.")
    private @Nullable String namespace;

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE",
            description = "A claim that is not in the cluster: shows the CreateVolume it would make (a dry run).")
    private @Nullable Path file;

    @Option(
            names = "--node",
            paramLabel = "NAME",
            description = "With -f: the node that the scheduler would choose, for a class that waits for a consumer.")
    private @Nullable String node;

    @Option(
            names = "--controller",
            paramLabel = "URL",
            description = "The running controller's --http-endpoint, asked for the next attempt, for example"
                    + " http://127.0.0.1:8080.")
    private @Nullable String controller;

    @Mixin
    private final ControllerFlags flags = new ControllerFlags();

    @Override
    public Integer call() throws StartupProblem, InterruptedException {
        if ((name == null) == (file == null) || (file != null && kind != Explained.CLAIM)) {
            throw new ParameterException(spec.commandLine(), "give the name of the object, or a claim's file with -f");
        }
        Verbosity.warningsOnly();
        ClaimFile claim = file == null ? null : ClaimFile.read(file);
        RunningController running = controller == null ? null : RunningController.at(controller);
        SoloOptions options = options();
        try (KubernetesConnection connection = KubernetesConnection.open(
                new KubernetesConnection.Options(kubernetes.kubeconfig, kubernetes.master, null, SoloVersion.text()))) {
            return explain(connection, setup(connection, options), claim, running);
        } catch (ConnectionProblem problem) {
            throw new StartupProblem(String.valueOf(problem.getMessage()), problem);
        } catch (ApiException refused) {
            throw new StartupProblem("the cluster cannot be read: " + refused.getMessage(), refused);
        }
    }

    private SoloOptions options() throws StartupProblem {
        try {
            SoloOptions options = flags.options();
            Setup setup = new Setup(options, AttributesClasses.NOT_SERVED);
            var _ = setup.naming();
            var _ = setup.snapshotNaming();
            var _ = setup.groupNaming();
            return options;
        } catch (IllegalArgumentException wrong) {
            throw new StartupProblem(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private Setup setup(KubernetesConnection connection, SoloOptions options) throws StartupProblem {
        ServedKinds served = new ServedKinds(connection, options.gates());
        boolean ofGroups = kind == Explained.GROUP || kind == Explained.GROUP_CONTENT;
        boolean ofSnapshots = kind == Explained.SNAPSHOT || kind == Explained.CONTENT || ofGroups;
        if (ofSnapshots && !served.snapshotKinds()) {
            throw new StartupProblem("there are no snapshots: the API server does not serve snapshot.storage.k8s.io/v1,"
                    + " or you may not list them; install charts/crds, or ask for the role");
        }
        if (ofGroups && !served.groupKinds()) {
            throw new StartupProblem("there are no group snapshots: the API server does not serve"
                    + " groupsnapshot.storage.k8s.io/v1, you may not list them, or the gate CSIVolumeGroupSnapshot is"
                    + " off; install charts/crds, or ask for the role");
        }
        served.checkReferenceGrants();
        return new Setup(options, served.attributesClasses() ? AttributesClasses.SERVED : AttributesClasses.NOT_SERVED);
    }

    /** @param given null without a file */
    private int explain(
            KubernetesConnection connection,
            Setup setup,
            @Nullable ClaimFile given,
            @Nullable RunningController running)
            throws ApiException, StartupProblem, InterruptedException {
        String where = namespace == null ? connection.namespace() : namespace;
        Cluster cluster = connection.cluster();
        Question question = question(cluster, setup, given, where);
        List<String> missing = cluster.awaitSynced(PATIENCE);
        if (!missing.isEmpty()) {
            throw new StartupProblem("the cluster could not be read within " + PATIENCE.toSeconds() + " s: "
                    + String.join("; ", missing));
        }
        Explainer.Answer answer = question.ask();
        if (answer == null) {
            throw new StartupProblem("there is no " + kind.text + " " + name
                    + (kind.namespaced() ? " in namespace " + where + "; -n names another" : ""));
        }
        spec.commandLine()
                .getOut()
                .print(ExplanationText.of(
                        answer,
                        Told.lastWarning(cluster, answer.uid()),
                        given != null ? NOT_THERE : running == null ? null : running.next(answer.keys())));
        spec.commandLine().getOut().flush();
        return 0;
    }

    /** What is asked once the caches are filled. */
    private interface Question {
        Explainer.@Nullable Answer ask() throws ApiException, InterruptedException;
    }

    private Question question(Cluster cluster, Setup setup, @Nullable ClaimFile given, String where) {
        String asked = String.valueOf(name);
        return switch (kind) {
            case CLAIM -> {
                Explainer explainer = new Explainer(cluster, Clock.SYSTEM, setup);
                yield given == null
                        ? () -> explainer.claim(new ObjectKey(where, asked))
                        : () -> explainer.dryRun(given.handedOver(cluster, where, node));
            }
            case VOLUME -> {
                Explainer explainer = new Explainer(cluster, Clock.SYSTEM, setup);
                yield () -> explainer.volume(asked);
            }
            case SNAPSHOT -> {
                SnapshotExplainer explainer = new SnapshotExplainer(cluster, Clock.SYSTEM, setup);
                yield () -> explainer.snapshot(new ObjectKey(where, asked));
            }
            case CONTENT -> {
                SnapshotExplainer explainer = new SnapshotExplainer(cluster, Clock.SYSTEM, setup);
                yield () -> explainer.content(asked);
            }
            case GROUP -> {
                GroupExplainer explainer = new GroupExplainer(cluster, Clock.SYSTEM, setup);
                yield () -> explainer.group(new ObjectKey(where, asked));
            }
            case GROUP_CONTENT -> {
                GroupExplainer explainer = new GroupExplainer(cluster, Clock.SYSTEM, setup);
                yield () -> explainer.content(asked);
            }
        };
    }
}
