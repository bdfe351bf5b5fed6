/** {@code solo up}: a local cluster, Solo in this JVM, and a tour that shows a claim's whole life. */
@org.jspecify.annotations.NullMarked
package solo.it.up;
