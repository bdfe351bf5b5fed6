/** What external-resizer does: expands and modifies volumes. Still to come. */
@org.jspecify.annotations.NullMarked
package solo.resizer;
