package solo.csi;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where a unix socket lies: an absolute path, checked to be one that can be bound. */
public record UnixSocket(Path path) {
    // sockaddr_un.sun_path has 108 bytes; C programs can use 107 of them, the JDK 106.
    private static final int LONGEST_PATH = 106;
    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET_TYPE = 0140000;

    public UnixSocket {
        path = path.toAbsolutePath().normalize();
    }

    /** What the {@code --csi-address} of the Go sidecars accepts: a path, or {@code unix://} before it. */
    public static UnixSocket parse(String address) throws UnusableSocketException {
        String path = address.startsWith("unix://")
                ? address.substring("unix://".length())
                : address.startsWith("unix:") ? address.substring("unix:".length()) : address;
        if (path.isEmpty() || path.contains("://")) {
            throw new UnusableSocketException(
                    "\"" + address + "\" is not a unix socket; give its absolute path, for example /run/csi/socket");
        }
        return new UnixSocket(Path.of(path));
    }

    UnixDomainSocketAddress address() throws UnusableSocketException {
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_PATH) {
            throw new UnusableSocketException("the socket path " + path + " has " + length
                    + " bytes, but a unix socket may have at most " + LONGEST_PATH + "; choose a shorter directory");
        }
        return UnixDomainSocketAddress.of(path);
    }

    /** What lies at the path now. */
    public enum Found {
        NOTHING,
        A_SOCKET,
        SOMETHING_ELSE
    }

    public Found look() throws UnusableSocketException {
        try {
            int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return (mode & FILE_TYPE) == SOCKET_TYPE ? Found.A_SOCKET : Found.SOMETHING_ELSE;
        } catch (NoSuchFileException nothing) {
            return Found.NOTHING;
        } catch (IOException unreadable) {
            throw new UnusableSocketException("cannot look at the socket " + path + ": " + unreadable, unreadable);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
