package dev.tideline.training.tensorflow;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteDeviceList;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListCount;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListType;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SessionListDevices;

import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.TargetSession;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/** The GPUs that TensorFlow sees in this process. TensorFlow Java 1.1 has no public way to ask; the C API has. */
final class Gpus {

    private Gpus() {}

    /** 0 with the library for CPUs, which is what a build without profile {@code gpu} has. */
    static int count() {
        return devices("GPU");
    }

    /** Devices of a type, such as {@code CPU}. */
    static int devices(String type) {
        // Asking must not take the memory that training needs.
        var config = ConfigProto.newBuilder().setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true)).build();
        try (var scope = new PointerScope()) {
            var status = TF_Status.newStatus();
            var session = TF_Session.newSession(TF_Graph.newGraph(), TargetSession.options(config, status), status);
            status.throwExceptionIfNotOK();
            var list = TF_SessionListDevices(session, status);
            status.throwExceptionIfNotOK();
            try {
                return count(list, type, status);
            } finally {
                TF_DeleteDeviceList(list);
            }
        }
    }

    private static int count(TF_DeviceList list, String type, TF_Status status) {
        int found = 0;
        for (int i = 0; i < TF_DeviceListCount(list); i++) {
            var name = TF_DeviceListType(list, i, status).getString();
            status.throwExceptionIfNotOK();
            found += name.equals(type) ? 1 : 0;
        }
        return found;
    }
}
