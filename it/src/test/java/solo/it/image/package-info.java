/** Tests of the image's parts; the image as a whole is tested by ChartIT. */
@org.jspecify.annotations.NullMarked
package solo.it.image;
