package dev.tideline.training.model;

import dev.tideline.contracts.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

final class OptimizerReader {

    private static final double MAX_RATE = 1e3;
    private static final double EPSILON = 1e-7;
    private static final List<String> CHOICES = List.of("sgd", "momentum", "adam", "adamW", "adagrad", "rmsProp", "ftrl");
    private static final List<String> SCHEDULES = List.of("step", "cosine", "warmUp");

    private OptimizerReader() {}

    static Optimizer read(@Nullable JsonNode node, String pointer, List<Problem> problems) {
        var fallback = new Optimizer.Adam(new Schedule.Constant(0.001), 0.9, 0.999, EPSILON);
        var variant = node == null ? null : Variant.read(node, pointer, problems);
        if (variant == null) {
            return fallback;
        }
        var fields = variant.fields();
        Optimizer optimizer = switch (variant.name()) {
            case "sgd" -> new Optimizer.Sgd(rate(fields, 0.01));
            case "momentum" -> new Optimizer.Momentum(rate(fields, 0.01), unit(fields, "momentum", 0.9), fields.flag("nesterov", false));
            case "adam" -> new Optimizer.Adam(rate(fields, 0.001), unit(fields, "beta1", 0.9), unit(fields, "beta2", 0.999),
                epsilon(fields));
            case "adamW" -> new Optimizer.AdamW(rate(fields, 0.001), unit(fields, "beta1", 0.9), unit(fields, "beta2", 0.999),
                epsilon(fields), fields.number("weightDecay", 0.004, 0, 1));
            case "adagrad" -> new Optimizer.Adagrad(rate(fields, 0.01), fields.number("initialAccumulator", 0.1, 0, 1e6),
                epsilon(fields));
            case "rmsProp" -> new Optimizer.RmsProp(rate(fields, 0.001), unit(fields, "rho", 0.9), unit(fields, "momentum", 0),
                epsilon(fields));
            case "ftrl" -> new Optimizer.Ftrl(rate(fields, 0.01), fields.number("power", 0.5, 0, 1),
                fields.number("initialAccumulator", 0.1, 0, 1e6), fields.number("l1", 0, 0, 1e6), fields.number("l2", 0, 0, 1e6));
            default -> {
                variant.unknown(CHOICES);
                yield fallback;
            }
        };
        fields.done();
        return optimizer;
    }

    /** A number, or a schedule such as {@code {"cosine":{"rate":0.01,"end":0}}}; {@code warmUp} goes around any of them. */
    private static Schedule rate(Fields fields, double fallback) {
        var node = fields.node("learningRate");
        if (node == null || node.isNumber()) {
            return new Schedule.Constant(fields.number("learningRate", fallback, 0, MAX_RATE));
        }
        return schedule(fields, "learningRate", fallback);
    }

    private static Schedule schedule(Fields owner, String name, double fallback) {
        var node = owner.node(name);
        if (node == null || node.isNumber()) {
            return new Schedule.Constant(owner.number(name, fallback, 0, MAX_RATE));
        }
        var variant = Variant.read(node, owner.pointer() + "/" + name, owner.problems());
        if (variant == null) {
            return new Schedule.Constant(fallback);
        }
        var fields = variant.fields();
        Schedule schedule = switch (variant.name()) {
            case "step" -> new Schedule.Step(fields.number("rate", fallback, 0, MAX_RATE),
                fields.whole("every", 1_000, 1, Long.MAX_VALUE), fields.number("factor", 0.5, 0, 1));
            case "cosine" -> new Schedule.Cosine(fields.number("rate", fallback, 0, MAX_RATE), fields.number("end", 0, 0, MAX_RATE));
            case "warmUp" -> new Schedule.WarmUp(fields.whole("steps", 100, 1, Long.MAX_VALUE), schedule(fields, "then", fallback));
            default -> {
                variant.unknown(SCHEDULES);
                yield new Schedule.Constant(fallback);
            }
        };
        fields.done();
        return schedule;
    }

    private static double unit(Fields fields, String name, double fallback) {
        return fields.number(name, fallback, 0, 1);
    }

    private static double epsilon(Fields fields) {
        return fields.number("epsilon", EPSILON, 0, 1);
    }
}
