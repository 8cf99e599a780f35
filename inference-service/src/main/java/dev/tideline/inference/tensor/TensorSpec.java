package dev.tideline.inference.tensor;

/**
 * One input or output of a signature.
 *
 * @param alias the name in requests and responses
 * @param node  the tensor in the graph, such as {@code dense/Softmax:0}
 */
public record TensorSpec(String alias, String node, DataType type, SpecShape shape) {}
