/**
 * The few Linux system calls that the JDK does not offer, called directly through the foreign function interface.
 * Nothing here knows of volumes; a failed call becomes an exception whose message a person can act on.
 */
@NullMarked
package solo.driver.linux;

import org.jspecify.annotations.NullMarked;
