package dev.tideline.inference.prediction;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What predictions ask of a model.
 *
 * @param checkMethods whether a signature answers only the calls that it was exported for
 */
@ConfigurationProperties("tideline.inference.prediction")
record PredictionProperties(@DefaultValue("false") boolean checkMethods) {}
