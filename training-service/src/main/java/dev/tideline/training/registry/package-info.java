/** Trained versions of models: what was published, which one is champion, and who decided that when. */
@NullMarked
package dev.tideline.training.registry;

import org.jspecify.annotations.NullMarked;
