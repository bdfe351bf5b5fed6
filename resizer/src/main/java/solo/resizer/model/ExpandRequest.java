package solo.resizer.model;

import solo.csi.model.Secrets;
import solo.csi.model.VolumeCapability;
import solo.kube.model.Quantity;

/** What ControllerExpandVolume is asked for. */
public record ExpandRequest(String volumeHandle, Quantity size, VolumeCapability capability, Secrets secrets) {}
