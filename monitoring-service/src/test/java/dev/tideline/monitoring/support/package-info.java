/** What the integration tests share: one running service, and hands on its topics and its HTTP API. */
@NullMarked
package dev.tideline.monitoring.support;

import org.jspecify.annotations.NullMarked;
