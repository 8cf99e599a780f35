package dev.tideline.monitoring.backtest;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tells the launcher how far the backtest is, a JSON object a line: {@code progress}, {@code line} or {@code failed}. */
final class Teller {

    private final JsonMapper json = JsonMapper.builder().build();
    private final PrintStream out;

    Teller(PrintStream out) {
        this.out = out;
    }

    /** @param fraction 0 to 1; 1 ends the step */
    void progress(String step, double fraction, String detail) {
        tell(json.createObjectNode().put("type", "progress").put("step", step).put("fraction", fraction).put("detail", detail));
    }

    void line(String text) {
        tell(json.createObjectNode().put("type", "line").put("text", text));
    }

    void failed(String message) {
        tell(json.createObjectNode().put("type", "failed").put("message", message));
    }

    private void tell(ObjectNode message) {
        out.writeBytes((message + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
