/** Which capacity objects there should be and what they should say, as pure functions. */
@org.jspecify.annotations.NullMarked
package solo.provisioner.capacity.rules;
