/**
 * What the resizer's rules speak of: a claim's expansion and its modification as views, decisions, effects, reasons.
 * Records only; no rule and no API object lives here.
 */
@NullMarked
package solo.resizer.model;

import org.jspecify.annotations.NullMarked;
