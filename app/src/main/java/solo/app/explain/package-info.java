/** {@code solo explain}: the controllers' own decisions about one object, carried out by nobody and told to a person. */
@NullMarked
package solo.app.explain;

import org.jspecify.annotations.NullMarked;
