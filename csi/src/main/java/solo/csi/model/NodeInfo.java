package solo.csi.model;

/**
 * What a driver says of the node it runs on (NodeGetInfo).
 *
 * @param id the driver's own name for it
 * @param place empty where the driver reports none
 */
public record NodeInfo(String id, Topology place) {}
