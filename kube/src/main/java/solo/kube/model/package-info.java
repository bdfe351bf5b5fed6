/**
 * Words that rules may speak: keys, metadata, reasons, outcomes, patches.
 * JDK only, so that a rule that uses them stays a pure function.
 */
@org.jspecify.annotations.NullMarked
package solo.kube.model;
