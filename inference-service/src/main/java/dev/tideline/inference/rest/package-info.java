/** TensorFlow Serving's REST API, version 1: paths, JSON tensors straight into primitive arrays, its number text and its errors. */
@NullMarked
package dev.tideline.inference.rest;

import org.jspecify.annotations.NullMarked;
