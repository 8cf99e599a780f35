/** What is served, for people and dashboards: the list of models that TensorFlow Serving's API lacks. */
@NullMarked
package dev.tideline.inference.overview;

import org.jspecify.annotations.NullMarked;
