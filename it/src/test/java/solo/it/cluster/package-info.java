/** Tests of how a cluster is chosen. */
@org.jspecify.annotations.NullMarked
package solo.it.cluster;
