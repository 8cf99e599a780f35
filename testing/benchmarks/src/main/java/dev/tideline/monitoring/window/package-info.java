/** How fast predictions become windows. Lies in the service's package, because the stream processing is not public. */
@NullMarked
package dev.tideline.monitoring.window;

import org.jspecify.annotations.NullMarked;
