/** What can be checked about the compose file without a Docker engine. */
@NullMarked
package dev.tideline.endtoend.compose;

import org.jspecify.annotations.NullMarked;
