package dev.tideline.starter.parent;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param pid process id of the launcher; the service stops gracefully when that process ends
 */
@ConfigurationProperties("tideline.parent")
record ParentProperties(long pid) {}
