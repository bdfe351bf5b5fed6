package solo.app;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** This machine's name, as Go's os.Hostname gives it. */
final class HostName {

    private HostName() {}

    static String text() {
        String pod = System.getenv("HOSTNAME");
        if (pod != null && !pod.isEmpty()) {
            return pod;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
