/** What the benchmarks' command lines have in common. */
@NullMarked
package dev.tideline.benchmarks.command;

import org.jspecify.annotations.NullMarked;
