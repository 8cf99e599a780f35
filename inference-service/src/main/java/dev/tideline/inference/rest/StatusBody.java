package dev.tideline.inference.rest;

import dev.tideline.inference.servable.VersionState;
import dev.tideline.inference.servable.VersionStatus;
import dev.tideline.inference.status.StatusCode;
import java.util.List;

/** The answer to a status call, as protobuf's JSON printer writes {@code GetModelStatusResponse}. */
final class StatusBody {

    private StatusBody() {}

    static byte[] write(List<VersionStatus> versions) {
        JsonWriter json = new JsonWriter(256, 1);
        json.startObject();
        json.key("model_version_status");
        json.startList();
        for (VersionStatus version : versions) {
            StatusCode code = version.state() instanceof VersionState.End end ? end.code() : StatusCode.OK;
            String message = version.state() instanceof VersionState.End end ? end.message() : "";
            json.startObject();
            json.key("version");
            json.string(Long.toString(version.version()));
            json.key("state");
            json.string(version.state().label());
            json.key("status");
            json.startObject();
            json.key("error_code");
            json.string(code.name());
            json.key("error_message");
            json.string(message);
            json.endObject();
            json.endObject();
        }
        json.endList();
        json.endObject();
        return json.toLine();
    }
}
