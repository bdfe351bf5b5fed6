package solo.kube.fabric8;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.http.HttpClient;
import java.util.concurrent.Executors;

/** fabric8 over the JDK's HTTP client: one HTTP/2 connection for everything, callbacks on virtual threads. */
final class VirtualThreadTransport extends JdkHttpClientFactory {

    @Override
    protected HttpClient.Builder createNewHttpClientBuilder() {
        return HttpClient.newBuilder()
                .executor(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("kube-api-", 0).factory()));
    }
}
