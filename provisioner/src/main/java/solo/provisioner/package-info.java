/**
 * Makes volumes for claims and takes them away again: what the Go sidecar external-provisioner does.
 * Here are the two reconcilers and what carries out their effects; what they decide is in {@code rules}.
 */
@org.jspecify.annotations.NullMarked
package solo.provisioner;
