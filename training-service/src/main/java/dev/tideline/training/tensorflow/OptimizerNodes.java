package dev.tideline.training.tensorflow;

import dev.tideline.training.model.Optimizer;
import java.util.function.IntFunction;
import org.tensorflow.Operation;
import org.tensorflow.Output;

/**
 * Applies gradients with TensorFlow's fused update operations. What changes from step to step (learning rate, Adam's powers) is
 * computed in Java and fed, so that it needs no state in the graph.
 */
final class OptimizerNodes {

    /** Length of {@link #fed}. */
    static final int FED = 3;

    private final Optimizer optimizer;
    private final MirroredVariables variables;

    OptimizerNodes(Optimizer optimizer, MirroredVariables variables) {
        this.optimizer = optimizer;
        this.variables = variables;
    }

    /** The figures of step {@code step} (from 0): learning rate, and the powers of Adam's two decays. */
    float[] fed(long step, long steps) {
        double beta1 = 0;
        double beta2 = 0;
        if (optimizer instanceof Optimizer.Adam adam) {
            beta1 = adam.beta1();
            beta2 = adam.beta2();
        } else if (optimizer instanceof Optimizer.AdamW adam) {
            beta1 = adam.beta1();
            beta2 = adam.beta2();
        }
        return new float[] {(float) optimizer.learningRate().rate(step, steps),
            (float) Math.pow(beta1, step + 1), (float) Math.pow(beta2, step + 1)};
    }

    /** Moves copy {@code index} of {@code variable} along {@code gradient}. */
    Operation apply(Nodes nodes, int index, MirroredVariable variable, Output<?> gradient, IntFunction<Output<?>> fed) {
        var handle = variable.handles().get(index);
        var rate = fed.apply(0);
        return switch (optimizer) {
            case Optimizer.Sgd sgd -> nodes.op("ResourceApplyGradientDescent").in(handle, rate, gradient).build();
            case Optimizer.Momentum momentum -> nodes.op("ResourceApplyMomentum")
                .in(handle, slot(variable, "momentum", 0, index), rate, gradient, number(nodes, momentum.momentum()))
                .attr("use_nesterov", momentum.nesterov()).build();
            case Optimizer.Adam adam -> adam(nodes, index, variable, gradient, fed, adam);
            case Optimizer.AdamW adam -> {
                var plain = new Optimizer.Adam(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
                if (variable.shape().length < 2) {
                    yield adam(nodes, index, variable, gradient, fed, plain);
                }
                var decay = nodes.call("Mul", variable.values().get(index),
                    nodes.call("Mul", rate, number(nodes, adam.weightDecay())));
                var decayed = nodes.op("AssignSubVariableOp").in(handle, decay).build();
                yield adam(nodes, index, variable, nodes.op("Identity").in(gradient).after(decayed).out(), fed, plain);
            }
            case Optimizer.Adagrad adagrad -> nodes.op("ResourceApplyAdagradV2")
                .in(handle, slot(variable, "accumulator", adagrad.initialAccumulator(), index), rate,
                    number(nodes, adagrad.epsilon()), gradient).build();
            case Optimizer.RmsProp rms -> nodes.op("ResourceApplyRMSProp")
                .in(handle, slot(variable, "rms", 0, index), slot(variable, "momentum", 0, index), rate,
                    number(nodes, rms.rho()), number(nodes, rms.momentum()), number(nodes, rms.epsilon()), gradient).build();
            case Optimizer.Ftrl ftrl -> nodes.op("ResourceApplyFtrl")
                .in(handle, slot(variable, "accumulator", ftrl.initialAccumulator(), index), slot(variable, "linear", 0, index),
                    gradient, rate, number(nodes, ftrl.l1()), number(nodes, ftrl.l2()), number(nodes, -ftrl.power())).build();
        };
    }

    private Operation adam(Nodes nodes, int index, MirroredVariable variable, Output<?> gradient,
            IntFunction<Output<?>> fed, Optimizer.Adam adam) {
        return nodes.op("ResourceApplyAdam")
            .in(variable.handles().get(index), slot(variable, "m", 0, index), slot(variable, "v", 0, index),
                fed.apply(1), fed.apply(2), fed.apply(0),
                number(nodes, adam.beta1()), number(nodes, adam.beta2()), number(nodes, adam.epsilon()), gradient).build();
    }

    private Output<?> slot(MirroredVariable variable, String name, double initial, int index) {
        return variables.variable("slot/" + variable.name() + "/" + name, MirroredVariable.Kind.SLOT,
            new Initial.Constant((float) initial), variable.shape()).handles().get(index);
    }

    private static Output<?> number(Nodes nodes, double value) {
        return nodes.constant((float) value);
    }
}
