/**
 * Versions of models and their life: a source says which versions it aspires to, the manager works out loads and unloads on its own
 * threads, callers hold a lease while they use a version. Knows no engine.
 */
@NullMarked
package dev.tideline.inference.servable;

import org.jspecify.annotations.NullMarked;
