/** The canonical status codes that TensorFlow, TensorFlow Serving and gRPC share, and the one exception that carries them. */
@NullMarked
package dev.tideline.inference.status;

import org.jspecify.annotations.NullMarked;
