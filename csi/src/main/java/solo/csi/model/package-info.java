/**
 * CSI as records, for rules that see neither protobuf nor gRPC: volumes, topology, access modes, what a driver can
 * do and what its error codes mean. Imports the JDK alone.
 */
@NullMarked
package solo.csi.model;

import org.jspecify.annotations.NullMarked;
