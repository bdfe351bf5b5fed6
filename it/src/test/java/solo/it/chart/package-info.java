/** The chart, rendered by Helm. */
@org.jspecify.annotations.NullMarked
package solo.it.chart;
