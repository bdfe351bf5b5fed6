/** What the registrar promises the kubelet and whoever wrote its manifest. The kubelet here is a fake of our own. */
@NullMarked
package solo.registrar;

import org.jspecify.annotations.NullMarked;
