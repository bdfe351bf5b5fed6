/** What decisions about capacity objects read and say, as records. */
@org.jspecify.annotations.NullMarked
package solo.provisioner.capacity.model;
