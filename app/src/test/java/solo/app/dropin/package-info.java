/** Tests of the flags' own types. */
@org.jspecify.annotations.NullMarked
package solo.app.dropin;
