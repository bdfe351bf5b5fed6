package solo.csi;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gRPC server on a unix socket. A socket left behind by a crash is replaced, anything else at that path is not
 * touched; the directory is made when missing. Closing lets running calls end for a moment and removes the socket,
 * unless it has become another process's by then.
 */
public final class SocketServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SocketServer.class);
    private static final int GRACE_SECONDS = 5;

    private final UnixSocket socket;
    // The file's device and inode; the kernel gives them to no other file while we listen on it.
    private final Object bound;
    private final Server server;
    private final EventLoops loops;

    private SocketServer(UnixSocket socket, Object bound, Server server, EventLoops loops) {
        this.socket = socket;
        this.bound = bound;
        this.server = server;
        this.loops = loops;
    }

    public static SocketServer start(UnixSocket socket, SocketAccess access, List<ServerServiceDefinition> services)
            throws UnusableSocketException {
        UnixDomainSocketAddress address = socket.address();
        makeWay(socket);
        EventLoops loops = EventLoops.named("socket-server");
        Server server = NettyServerBuilder.forAddress(address)
                .channelType(NioServerDomainSocketChannel.class)
                .bossEventLoopGroup(loops.io())
                .workerEventLoopGroup(loops.io())
                .executor(loops.calls())
                .addServices(services)
                .build();
        try {
            // Bound in place, not renamed into it: the kubelet sees registration sockets by their creation.
            server.start();
            Files.setPosixFilePermissions(socket.path(), access.permissions());
            Object bound = identity(socket);
            log.info("serving socket={}", socket);
            return new SocketServer(socket, bound, server, loops);
        } catch (IOException refused) {
            server.shutdownNow();
            loops.close();
            throw new UnusableSocketException("cannot serve on the socket " + socket + ": " + reason(refused), refused);
        }
    }

    /** What has become of the socket file since it was bound. */
    public enum Place {
        OURS,
        /** Removed, perhaps with its directory: nobody can connect any more. */
        GONE,
        /** Another process has put something of its own there. */
        TAKEN
    }

    public Place place() throws UnusableSocketException {
        try {
            return identity(socket).equals(bound) ? Place.OURS : Place.TAKEN;
        } catch (NoSuchFileException gone) {
            return Place.GONE;
        } catch (IOException unreadable) {
            throw new UnusableSocketException("cannot look at the socket " + socket + ": " + unreadable, unreadable);
        }
    }

    @Override
    public void close() {
        if (isTaken()) {
            // Netty deletes whatever lies at the path when it closes, so this listener is left to the process's end.
            log.info("another process serves the socket now, its file stays socket={}", socket);
            return;
        }
        server.shutdown();
        try {
            if (!server.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("calls were still running and are cut off socket={}", socket);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        server.shutdownNow();
        loops.close();
    }

    private boolean isTaken() {
        try {
            return place() == Place.TAKEN;
        } catch (UnusableSocketException unreadable) {
            return false;
        }
    }

    private static Object identity(UnixSocket socket) throws IOException {
        return Objects.requireNonNull(
                Files.readAttributes(socket.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .fileKey());
    }

    private static void makeWay(UnixSocket socket) throws UnusableSocketException {
        Path path = socket.path();
        try {
            switch (socket.look()) {
                case NOTHING -> createDirectory(path.getParent());
                case A_SOCKET -> Files.deleteIfExists(path);
                case SOMETHING_ELSE ->
                    throw new UnusableSocketException(
                            path + " exists and is not a socket; remove it or choose another socket path");
            }
        } catch (UnusableSocketException said) {
            throw said;
        } catch (IOException refused) {
            throw new UnusableSocketException("cannot prepare the socket " + path + ": " + reason(refused), refused);
        }
    }

    private static void createDirectory(@Nullable Path directory) throws IOException {
        if (directory != null) {
            Files.createDirectories(directory);
        }
    }

    // gRPC wraps what the kernel said.
    private static String reason(IOException refused) {
        Throwable cause = refused.getCause();
        return cause == null ? refused.toString() : cause.toString();
    }
}
