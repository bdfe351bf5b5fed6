/** The CSI contract: the Driver interface, its gRPC client and server. Knows nothing of Kubernetes. */
@org.jspecify.annotations.NullMarked
package solo.csi;
