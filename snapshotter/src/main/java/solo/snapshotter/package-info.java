/** What external-snapshotter does: makes snapshots and groups of them. Still to come. */
@org.jspecify.annotations.NullMarked
package solo.snapshotter;
