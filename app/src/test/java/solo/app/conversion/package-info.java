/** Tests of the conversion webhook. */
@org.jspecify.annotations.NullMarked
package solo.app.conversion;
