package solo.it.cluster.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import solo.it.cluster.ClusterException;

/**
 * The numbers that a cluster needs for itself on this machine, chosen among the free ones.
 *
 * @param apiServer a loopback port
 * @param kubelet a loopback port
 * @param network the middle of 10.213.x.0/24, the pods' addresses
 */
record Addresses(int apiServer, int kubelet, int network) {
    /** The usual ports when they are free, so that a kubeconfig in use stays good after a restart. */
    static Addresses choose(StateFolder folder) {
        return new Addresses(
                freePort(6443),
                freePort(10250),
                freeNetwork(Math.floorMod(folder.name().hashCode(), 256)));
    }

    String url() {
        return "https://127.0.0.1:" + apiServer;
    }

    /** The node's end of the pods' network. */
    String bridge() {
        return "10.213." + network + ".1";
    }

    String pods() {
        return "10.213." + network + ".0/24";
    }

    private static int freePort(int preferred) {
        for (var port : new int[] {preferred, 0}) {
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken; 0 stands for any other.
            }
        }
        throw new ClusterException("no loopback port is free");
    }

    private static int freeNetwork(int first) {
        try {
            var used = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getHostAddress)
                    .toList();
            return IntStream.range(first, first + 256)
                    .map(i -> i % 256)
                    .filter(x -> used.stream().noneMatch(address -> address.startsWith("10.213." + x + ".")))
                    .findFirst()
                    .orElseThrow(() -> new ClusterException("every network of 10.213.0.0/16 is in use here"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
