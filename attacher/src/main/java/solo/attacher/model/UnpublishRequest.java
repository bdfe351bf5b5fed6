package solo.attacher.model;

import solo.csi.model.Secrets;

/** What ControllerUnpublishVolume is asked for. */
public record UnpublishRequest(String volumeHandle, String nodeId, Secrets secrets) {}
