@NullMarked
package solo.app.explain;

import org.jspecify.annotations.NullMarked;
