/** What the starter knows about PostgreSQL: how to say that it is not there. */
@NullMarked
package dev.tideline.starter.database;

import org.jspecify.annotations.NullMarked;
