/**
 * Records of the provisioner as the JSON trees that the API server takes: object bodies and patches.
 * Nothing here decides anything.
 */
@org.jspecify.annotations.NullMarked
package solo.provisioner.kube;
