/**
 * Tells the scheduler how much room there is where, as CSIStorageCapacity objects: external-provisioner's
 * --enable-capacity. Nothing else of the provisioner depends on it.
 */
@org.jspecify.annotations.NullMarked
package solo.provisioner.capacity;
