/**
 * Where trained models lie: one folder per version with a plain SavedModel and a manifest, published by rename. training-service
 * writes it, inference-service and monitoring-service read it.
 */
@NullMarked
package dev.tideline.modelstore;

import org.jspecify.annotations.NullMarked;
