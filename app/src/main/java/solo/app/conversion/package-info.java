/** The conversion webhook of the group snapshot kinds: what the API server asks, how an object changes, and its TLS. */
@NullMarked
package solo.app.conversion;

import org.jspecify.annotations.NullMarked;
