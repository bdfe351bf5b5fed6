package solo.registrar;

import io.grpc.ManagedChannel;
import io.grpc.netty.InternalNettyChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.TimeUnit;
import solo.csi.UnixSocket;
import solo.registrar.proto.InfoRequest;
import solo.registrar.proto.PluginInfo;
import solo.registrar.proto.RegistrationGrpc;
import solo.registrar.proto.RegistrationGrpc.RegistrationBlockingStub;
import solo.registrar.proto.RegistrationStatus;

/** The kubelet's side of one registration socket, on one connection. */
final class FakeKubelet implements AutoCloseable {
    private final EventLoopGroup io = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ManagedChannel channel;

    private FakeKubelet(UnixSocket socket, String authority) {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket.path()))
                .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                .eventLoopGroup(io)
                .usePlaintext();
        // Go sends what Java calls malformed.
        InternalNettyChannelBuilder.disableCheckAuthority(builder);
        channel = builder.overrideAuthority(authority).build();
    }

    /** As kubelets since 1.26 do. */
    static FakeKubelet connectedTo(UnixSocket socket) {
        return new FakeKubelet(socket, "localhost");
    }

    static FakeKubelet withAuthority(UnixSocket socket, String authority) {
        return new FakeKubelet(socket, authority);
    }

    PluginInfo getInfo() {
        return stub().getInfo(InfoRequest.getDefaultInstance());
    }

    void accepts() {
        say(RegistrationStatus.newBuilder().setPluginRegistered(true));
    }

    void refuses(String error) {
        say(RegistrationStatus.newBuilder().setPluginRegistered(false).setError(error));
    }

    @Override
    public void close() {
        channel.shutdownNow();
        io.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @SuppressWarnings("CheckReturnValue") // the answer is an empty message; what counts is that it comes
    private void say(RegistrationStatus.Builder status) {
        stub().notifyRegistrationStatus(status.build());
    }

    private RegistrationBlockingStub stub() {
        return RegistrationGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }
}
