/**
 * Everything a decision of the provisioner reads and everything it can say, as records.
 * Imports the JDK and the words shared with other controllers alone.
 */
@org.jspecify.annotations.NullMarked
package solo.provisioner.model;
