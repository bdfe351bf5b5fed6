/**
 * The bundled driver: volumes on the disks of the node that runs it, behind the same interface as any other CSI
 * driver. {@link solo.driver.LocalDriver} is the door; everything else here is one CSI service or one of its rules.
 */
@NullMarked
package solo.driver;

import org.jspecify.annotations.NullMarked;
