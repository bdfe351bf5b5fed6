package solo.kube.fabric8;

import java.util.Map;
import java.util.UUID;

/** Names of leases and of those who hold them. */
public final class LeaseNames {

    private LeaseNames() {}

    /**
     * As csi-lib-utils does it: every character outside {@code [a-zA-Z0-9-]} becomes {@code -}, and a {@code -} at the
     * end gets an {@code X}. {@code hostpath.csi.k8s.io} is {@code hostpath-csi-k8s-io}.
     */
    public static String sanitize(String name) {
        String clean = name.replaceAll("[^a-zA-Z0-9-]", "-");
        return clean.endsWith("-") ? clean + "X" : clean;
    }

    /**
     * Who this process is. A pod that knows its uid (POD_NAME, POD_UID) keeps its identity when its container restarts,
     * so that it need not sit out its own lease (ext-provisioner #1147); anybody else gets a suffix of its own, because
     * two processes of one host must never take each other for themselves.
     */
    public static String identity(Map<String, String> environment, String hostname) {
        String pod = environment.getOrDefault("POD_NAME", "");
        String uid = environment.getOrDefault("POD_UID", "");
        if (!pod.isEmpty() && uid.length() >= 8) {
            return sanitize(pod + "-" + uid.substring(0, 8));
        }
        return sanitize(hostname) + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
