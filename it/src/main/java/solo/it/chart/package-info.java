/** The Helm chart in charts/solo: Helm itself, and the bundle for machines without internet. */
@org.jspecify.annotations.NullMarked
package solo.it.chart;
