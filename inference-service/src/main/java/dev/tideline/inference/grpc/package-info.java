/** TensorFlow Serving's gRPC API: {@code PredictionService} and {@code ModelService}, with health and reflection beside them. */
@NullMarked
package dev.tideline.inference.grpc;

import org.jspecify.annotations.NullMarked;
