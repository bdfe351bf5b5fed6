package solo.simulation;

import com.google.protobuf.Message;
import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.ControllerModifyVolumeRequest;
import csi.v1.CreateSnapshotRequest;
import csi.v1.CreateVolumeGroupSnapshotRequest;
import csi.v1.CreateVolumeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import solo.csi.Rpc;
import solo.csi.Rpcs;
import solo.csi.model.Code;
import solo.kube.ApiException.Failure;
import solo.kube.Kind;

/** Everything that chance decides in a simulation, drawn from one seed. */
final class Lots {

    private static final List<Code> MAY_BE_RUNNING =
            List.of(Code.DEADLINE_EXCEEDED, Code.UNAVAILABLE, Code.CANCELED, Code.ABORTED);
    private static final List<Code> FINAL = List.of(
            Code.INTERNAL,
            Code.UNKNOWN,
            Code.INVALID_ARGUMENT,
            Code.RESOURCE_EXHAUSTED,
            Code.NOT_FOUND,
            Code.PERMISSION_DENIED,
            Code.OUT_OF_RANGE,
            Code.FAILED_PRECONDITION,
            Code.UNAUTHENTICATED,
            Code.DATA_LOSS);

    private final SplittableRandom random;
    private final List<Runnable> choices = new ArrayList<>();
    private final List<Integer> weights = new ArrayList<>();
    private int sum;

    Lots(long seed) {
        random = new SplittableRandom(seed);
    }

    RandomGenerator random() {
        return random;
    }

    boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    boolean perThousand(int share) {
        return share > 0 && random.nextInt(1000) < share;
    }

    <T> T pick(List<T> among) {
        return among.get(random.nextInt(among.size()));
    }

    Fault apiFault(Verb verb, Kind<?> kind) {
        if (oneIn(2)) {
            return Fault.answerLost(verb, kind);
        }
        return Fault.refused(verb, kind, oneIn(3) ? Failure.TOO_MANY_REQUESTS : Failure.UNAVAILABLE);
    }

    DriverFault driverFault(Rpc<?, ?> rpc, Message request, ModelBackend backend) {
        DriverFault honest = new DriverFault.Refused(pick(MAY_BE_RUNNING));
        // A driver does not deny what it has done: a final code means that there is no such volume, size, attribute.
        boolean exists = done(request, backend);
        return switch (random.nextInt(6)) {
            case 0 -> honest;
            case 1, 2 -> new DriverFault.AnswerLost(pick(MAY_BE_RUNNING));
            case 3 -> new DriverFault.InBackground(pick(MAY_BE_RUNNING));
            case 4 -> exists ? honest : wrongAnswer(rpc, request);
            default -> exists ? honest : new DriverFault.Refused(pick(FINAL));
        };
    }

    private static boolean done(Message request, ModelBackend backend) {
        return switch (request) {
            case CreateVolumeRequest create -> backend.volumeNamed(create.getName()) != null;
            case CreateSnapshotRequest create -> backend.snapshotNamed(create.getName()) != null;
            case CreateVolumeGroupSnapshotRequest create -> backend.groupNamed(create.getName()) != null;
            case ControllerExpandVolumeRequest expand -> {
                ModelVolume volume = backend.volume(expand.getVolumeId());
                yield volume != null
                        && volume.bytes() >= expand.getCapacityRange().getRequiredBytes();
            }
            case ControllerModifyVolumeRequest modify -> {
                ModelVolume volume = backend.volume(modify.getVolumeId());
                yield volume != null
                        && volume.parameters()
                                .entrySet()
                                .containsAll(modify.getMutableParametersMap().entrySet());
            }
            default -> false;
        };
    }

    private DriverFault wrongAnswer(Rpc<?, ?> rpc, Message request) {
        if (rpc != Rpcs.CREATE_VOLUME) {
            return new DriverFault.Refused(Code.INTERNAL);
        }
        return ((CreateVolumeRequest) request).hasVolumeContentSource() && oneIn(2)
                ? DriverFault.withoutContentSource()
                : DriverFault.tooSmall();
    }

    // --- one draw among weighted choices ---

    void begin() {
        choices.clear();
        weights.clear();
        sum = 0;
    }

    void add(int weight, Runnable choice) {
        choices.add(choice);
        weights.add(weight);
        sum += weight;
    }

    boolean none() {
        return choices.isEmpty();
    }

    Runnable draw() {
        int left = random.nextInt(sum);
        int i = 0;
        while (left >= weights.get(i)) {
            left -= weights.get(i++);
        }
        return choices.get(i);
    }
}
