/** The storage root that services share. */
@NullMarked
package dev.tideline.starter.storage;

import org.jspecify.annotations.NullMarked;
