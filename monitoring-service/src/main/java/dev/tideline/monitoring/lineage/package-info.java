/**
 * Where a model version comes from: the job and the request behind it, the dataset version it was trained on, and the shard files
 * and Kafka offsets of that. Own tables and the model store answer most; ingest-service and training-service are asked for the rest.
 */
@NullMarked
package dev.tideline.monitoring.lineage;

import org.jspecify.annotations.NullMarked;
