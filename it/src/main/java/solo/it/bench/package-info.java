/** {@code solo bench}: rates and API calls on a real cluster, printed for comparison, never asserted in a test. */
@org.jspecify.annotations.NullMarked
package solo.it.bench;
