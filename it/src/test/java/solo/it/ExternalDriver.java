package solo.it;

/** Values of the chart for a driver behind a socket, which Solo's own in a container beside Solo plays here. */
final class ExternalDriver {

    /** Volumes are made as soon as they are claimed. */
    static final String STORAGE_CLASS = "chart-external";

    private static final String VALUES = """
            driver:
              bundled: false
              csiAddress: /csi/csi.sock
              controllerContainers: [DRIVER]
              nodeContainers: [DRIVER]
              controllerVolumes: &volumes
                - {name: state-dir, hostPath: {path: STATE}}
                - {name: root, emptyDir: {}}
              nodeVolumes: *volumes
            csiDriver: {attachRequired: false, storageCapacity: true}
            controller:
              # The driver's volumes and its socket are root's.
              podSecurityContext: {runAsNonRoot: false, runAsUser: 0, runAsGroup: 0}
            storageClasses:
              - {name: %s, volumeBindingMode: Immediate, parameters: {backend: dir}}
            """.formatted(STORAGE_CLASS);

    private static final String CONTAINER = """
            {name: driver, image: "IMAGE", imagePullPolicy: Never,
             args: [node, --kubelet-dir=/kubelet, --state-dir=STATE, --node-id=NODE],
             securityContext: {privileged: true},
             volumeMounts: [{name: socket-dir, mountPath: /kubelet/plugins/local.csi.solo},
               {name: root, mountPath: /kubelet/plugins_registry}, {name: state-dir, mountPath: STATE}MORE]}""";

    private ExternalDriver() {}

    /** For {@link Installed}, which knows the words in capitals. */
    static String values(String image) {
        String container = CONTAINER.replace("IMAGE", image);
        return VALUES.replaceFirst("DRIVER", container.replace("MORE", ""))
                .replace("DRIVER", container.replace("MORE", """
                        , {name: kubelet-dir, mountPath: KUBELET, mountPropagation: Bidirectional}"""));
    }
}
