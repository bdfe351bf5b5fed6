/**
 * Where the bytes of volumes are. A backend is one small interface, chosen by the StorageClass parameter
 * {@code backend}; it is told what to do and keeps no books of its own.
 */
@NullMarked
package solo.driver.backend;

import org.jspecify.annotations.NullMarked;
