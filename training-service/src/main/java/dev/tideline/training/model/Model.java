package dev.tideline.training.model;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * A declared model.
 *
 * @param definition     as its owner wrote it; {@link DefinitionReader} reads it
 * @param definitionHash SHA-256 of the definition with sorted fields
 */
public record Model(String name, JsonNode definition, String definitionHash, Instant createdAt, Instant changedAt) {}
