/**
 * What node-driver-registrar does: offers the driver to the kubelet through a socket in its plugins_registry folder.
 * Needs no access to the Kubernetes API.
 */
@NullMarked
package solo.registrar;

import org.jspecify.annotations.NullMarked;
