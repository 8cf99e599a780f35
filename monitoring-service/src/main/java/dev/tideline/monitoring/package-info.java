/** Watches what models see and how right they are, and asks for training when it pays. */
@NullMarked
package dev.tideline.monitoring;

import org.jspecify.annotations.NullMarked;
