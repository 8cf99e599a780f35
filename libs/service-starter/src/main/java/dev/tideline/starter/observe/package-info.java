/** Clock and random source, metrics tags, and the defaults that all services have in common. */
@NullMarked
package dev.tideline.starter.observe;

import org.jspecify.annotations.NullMarked;
