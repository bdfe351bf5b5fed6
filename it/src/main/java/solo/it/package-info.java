/** The command of a checkout: everything the {@code solo} command has, and a local cluster to try it on. */
@org.jspecify.annotations.NullMarked
package solo.it;
