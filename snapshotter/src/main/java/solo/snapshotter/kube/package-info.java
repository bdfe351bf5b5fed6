/** The bodies and patches that the snapshotter sends, as trees of JDK maps. */
@NullMarked
package solo.snapshotter.kube;

import org.jspecify.annotations.NullMarked;
