/**
 * Where the wish for versions comes from: the compacted topic {@code tideline.model-versions}, which also hears what became of it, or folders
 * that are looked at again and again.
 */
@NullMarked
package dev.tideline.inference.source;

import org.jspecify.annotations.NullMarked;
