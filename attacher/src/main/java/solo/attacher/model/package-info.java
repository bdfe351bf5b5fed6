/**
 * What the attacher's rules speak of: one attachment as a view, decisions, effects and the reasons to wait.
 * Records only; no rule and no API object lives here.
 */
@NullMarked
package solo.attacher.model;

import org.jspecify.annotations.NullMarked;
