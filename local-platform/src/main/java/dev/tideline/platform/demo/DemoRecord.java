package dev.tideline.platform.demo;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One row of a scenario, with what is known before and after.
 *
 * @param key   Kafka key
 * @param whole the record as ingest-service wants it, label included
 * @param inputs what a client knows when it asks for a prediction
 * @param label what turns out later
 */
record DemoRecord(String key, ObjectNode whole, ObjectNode inputs, JsonNode label) {}
