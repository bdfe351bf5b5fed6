package solo.it.cluster.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import solo.it.cluster.upstream.ClusterSpec.Child;
import solo.it.cluster.upstream.ClusterSpec.Probe;

/** etcd, kube-apiserver, kube-controller-manager and kube-scheduler, on loopback and unix sockets only. */
final class ControlPlane {
    private final Layout layout;
    private final StateFolder folder;
    private final List<String> auditing;

    /** {@code auditing}: flags of the API server, perhaps none. */
    ControlPlane(Layout layout, List<String> auditing) {
        this.layout = layout;
        this.folder = layout.folder();
        this.auditing = auditing;
    }

    List<Child> processes(OptionalInt controllerRequests) {
        return List.of(etcd(), apiServer(), controllerManager(controllerRequests), scheduler());
    }

    /** On sockets in a folder of ours: whoever can write to etcd can do anything in the cluster. */
    private Child etcd() {
        // Advertised to nobody, there is one member; but these must look like host and port.
        var advertised = "http://127.0.0.1:1";
        return process(
                "etcd",
                List.of(),
                Probe.unix(folder.run("etcd.sock")),
                List.of(
                        "--name=solo",
                        "--data-dir=" + folder.root().resolve("etcd"),
                        "--listen-client-urls=unix://" + folder.run("etcd.sock"),
                        "--advertise-client-urls=" + advertised,
                        // Takes the host part alone, so the socket is in the working folder, our root.
                        "--listen-peer-urls=unix://etcd-peer.sock",
                        "--initial-advertise-peer-urls=" + advertised,
                        "--initial-cluster=solo=" + advertised,
                        "--log-level=warn",
                        // The data lives no longer than the processes.
                        "--unsafe-no-fsync"));
    }

    private Child apiServer() {
        var flags = new ArrayList<>(List.of(
                "--etcd-servers=unix://" + folder.run("etcd.sock"),
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + layout.addresses().apiServer(),
                "--tls-cert-file=" + folder.key("apiserver.crt"),
                "--tls-private-key-file=" + folder.key("apiserver.key"),
                "--client-ca-file=" + folder.key("ca.crt"),
                "--token-auth-file=" + folder.key("tokens.csv"),
                "--authorization-mode=Node,RBAC",
                "--enable-admission-plugins=NodeRestriction",
                "--allow-privileged=true",
                // Alpha: without it a claim's source in another namespace is dropped. Solo has the same gate, off by
                // default.
                "--feature-gates=CrossNamespaceVolumeDataSource=true",
                "--service-cluster-ip-range=10.96.0.0/24",
                // With 127.0.0.1 as an endpoint the kubernetes Service would be refused.
                "--endpoint-reconciler-type=none",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + folder.key("sa.pub"),
                "--service-account-signing-key-file=" + folder.key("sa.key"),
                "--kubelet-certificate-authority=" + folder.key("ca.crt"),
                "--kubelet-client-certificate=" + folder.key("kubelet-client.crt"),
                "--kubelet-client-key=" + folder.key("kubelet-client.key"),
                "--kubelet-preferred-address-types=Hostname"));
        flags.addAll(auditing);
        return process(
                "kube-apiserver",
                List.of("etcd"),
                Probe.object(layout.addresses().url() + "/readyz", folder.kubeconfig()),
                flags);
    }

    private Child controllerManager(OptionalInt requests) {
        var flags = new ArrayList<>(List.of(
                "--kubeconfig=" + folder.key("controller-manager.kubeconfig"),
                "--controllers=*,-nodeipam",
                "--use-service-account-credentials=true",
                "--service-account-private-key-file=" + folder.key("sa.key"),
                "--root-ca-file=" + folder.key("ca.crt"),
                "--flex-volume-plugin-dir=" + folder.run("volumeplugins"),
                "--leader-elect=false",
                "--secure-port=0"));
        if (requests.isPresent()) {
            flags.add("--kube-api-qps=" + requests.getAsInt());
            flags.add("--kube-api-burst=" + requests.getAsInt());
        }
        // Pods are refused until it has made this account.
        var account = layout.addresses().url() + "/api/v1/namespaces/default/serviceaccounts/default";
        return process(
                "kube-controller-manager",
                List.of("kube-apiserver"),
                Probe.object(account, folder.kubeconfig()),
                flags);
    }

    private Child scheduler() {
        return process(
                "kube-scheduler",
                List.of("kube-apiserver"),
                Probe.none(),
                List.of(
                        "--kubeconfig=" + folder.key("scheduler.kubeconfig"),
                        "--leader-elect=false",
                        "--secure-port=0"));
    }

    private Child process(String part, List<String> after, Probe ready, List<String> flags) {
        var argv = new ArrayList<>(List.of(layout.programs().kubernetes().toString(), part));
        argv.addAll(flags);
        return new Child(
                part, argv, Node.environment(folder), folder.log(part).toString(), after, ready, false, false, 500);
    }
}
