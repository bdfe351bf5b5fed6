/** The bundled driver, call by call, crash by crash, and before csi-sanity. What mounts needs root and says so. */
@NullMarked
package solo.driver;

import org.jspecify.annotations.NullMarked;
