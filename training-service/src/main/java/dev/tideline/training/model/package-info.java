/** What a model is: definitions in JSON, checked against the schema of their dataset, kept by name. */
@NullMarked
package dev.tideline.training.model;

import org.jspecify.annotations.NullMarked;
