/**
 * What the services say to each other: event records, topic names, header names. The JSON form is the contract: changes are
 * additive, unknown fields are ignored, and every published form has a golden file under {@code src/test/resources/golden}.
 */
@NullMarked
package dev.tideline.contracts;

import org.jspecify.annotations.NullMarked;
