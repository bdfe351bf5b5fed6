package solo.csi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import csi.v1.CsiProto;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class RpcsTest {
    @Test
    void the_table_has_every_call_of_the_specification_and_no_other() {
        assertThat(Rpcs.UNARY.stream().map(Rpc::path))
                .containsExactlyInAnyOrderElementsOf(inProto(method -> !method.isServerStreaming()));
        assertThat(Rpcs.STREAMS.stream().map(StreamRpc::path))
                .containsExactlyInAnyOrderElementsOf(inProto(MethodDescriptor::isServerStreaming));
    }

    private static List<String> inProto(Predicate<MethodDescriptor> kind) {
        return CsiProto.getDescriptor().getServices().stream()
                .flatMap(service -> service.getMethods().stream())
                .filter(kind)
                .map(method -> "/" + method.getService().getFullName() + "/" + method.getName())
                .toList();
    }
}
