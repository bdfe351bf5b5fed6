/** The adapters against a small HTTP server that answers as the Kubernetes API does. */
@org.jspecify.annotations.NullMarked
package solo.kube.fabric8;
