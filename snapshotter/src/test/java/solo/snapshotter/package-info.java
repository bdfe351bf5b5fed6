/** The snapshotter against a simulated API server and a model driver. */
@NullMarked
package solo.snapshotter;

import org.jspecify.annotations.NullMarked;
