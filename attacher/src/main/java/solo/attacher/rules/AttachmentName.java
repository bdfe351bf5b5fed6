package solo.attacher.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import solo.kube.model.VolumeAttachment;

/**
 * Does an attachment's name prove a volume handle? Kubernetes names attachments
 * {@code csi-<SHA-256 of handle, driver and node>} (pkg/volume/csi, getAttachmentName), so a handle that hashes to the
 * name is the one that was meant, wherever we have it from.
 */
public final class AttachmentName {
    private static final Pattern MADE_BY_KUBERNETES = Pattern.compile("csi-[0-9a-f]{64}");

    private AttachmentName() {}

    public static boolean proves(VolumeAttachment attachment, String volumeHandle) {
        return attachment.key().name().equals(of(volumeHandle, attachment.attacher(), attachment.nodeName()));
    }

    /** Whether the name tells that another handle was meant. A name that somebody else chose tells nothing. */
    static boolean disproves(VolumeAttachment attachment, String volumeHandle) {
        return MADE_BY_KUBERNETES.matcher(attachment.key().name()).matches() && !proves(attachment, volumeHandle);
    }

    /** The name Kubernetes gives to the attachment of this volume to this node. */
    public static String of(String volumeHandle, String driver, String node) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((volumeHandle + driver + node).getBytes(StandardCharsets.UTF_8));
            return "csi-" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
