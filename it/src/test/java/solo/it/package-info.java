/** End to end: a real API server, scheduler, controller-manager, kubelet and containerd; pods that write and read. */
@org.jspecify.annotations.NullMarked
package solo.it;
