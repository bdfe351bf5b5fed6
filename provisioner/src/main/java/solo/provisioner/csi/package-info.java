/**
 * The driver as the provisioner's rules speak of it: records in, records out.
 * The only place of this room that sees CSI's generated messages.
 */
@org.jspecify.annotations.NullMarked
package solo.provisioner.csi;
