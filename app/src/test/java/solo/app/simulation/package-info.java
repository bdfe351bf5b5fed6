/** Provisioner, attacher and resizer in one simulated world, at work on the same volumes. */
@org.jspecify.annotations.NullMarked
package solo.app.simulation;
