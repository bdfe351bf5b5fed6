package solo.csi;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A gRPC channel to a unix socket, connected at the first call. For one-off questions, such as a liveness probe's;
 * a controller uses {@link DriverConnection}.
 */
public final class SocketConnection implements AutoCloseable {
    // gRPC's default of 4 MiB is less than a full list of 20,000 volumes.
    private static final int LARGEST_ANSWER = 64 << 20;
    // Longer than gRPC is willing to count: the channel never goes idle.
    private static final int NEVER_IDLE_DAYS = 3650;

    private final ManagedChannel channel;
    private final EventLoops loops;

    private SocketConnection(ManagedChannel channel, EventLoops loops) {
        this.channel = channel;
        this.loops = loops;
    }

    public static SocketConnection to(UnixSocket socket) throws UnusableSocketException {
        EventLoops loops = EventLoops.named("socket-client");
        ManagedChannel channel = NettyChannelBuilder.forAddress(socket.address())
                .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                .eventLoopGroup(loops.io())
                .executor(loops.calls())
                .offloadExecutor(loops.calls())
                .usePlaintext()
                // Otherwise the path becomes :authority, which strict servers reject (grpc-java issue 12664).
                .overrideAuthority("localhost")
                .idleTimeout(NEVER_IDLE_DAYS, TimeUnit.DAYS)
                .maxInboundMessageSize(LARGEST_ANSWER)
                .build();
        return new SocketConnection(channel, loops);
    }

    public Channel channel() {
        return channel;
    }

    ManagedChannel managed() {
        return channel;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            channel.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        loops.close();
    }
}
