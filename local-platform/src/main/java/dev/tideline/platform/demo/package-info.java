/** Drives the loop from the first record to the model that replaced the drifted one, and keeps the figures. */
@NullMarked
package dev.tideline.platform.demo;

import org.jspecify.annotations.NullMarked;
