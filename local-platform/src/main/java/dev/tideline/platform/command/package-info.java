/** The commands and their options. */
@NullMarked
package dev.tideline.platform.command;

import org.jspecify.annotations.NullMarked;
