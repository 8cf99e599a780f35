/** Where the wish for versions comes from: the compacted topic {@code tideline.model-versions}. Tells the world what became of it. */
@NullMarked
package dev.tideline.inference.source;

import org.jspecify.annotations.NullMarked;
