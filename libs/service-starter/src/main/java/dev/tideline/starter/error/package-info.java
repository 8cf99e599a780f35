/** Failures with a code and a category, and their form on the wire: {@code application/problem+json}. */
@NullMarked
package dev.tideline.starter.error;

import org.jspecify.annotations.NullMarked;
