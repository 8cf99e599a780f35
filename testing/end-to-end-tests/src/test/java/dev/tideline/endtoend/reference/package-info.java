/** Whether the documentation says what the code does. */
@NullMarked
package dev.tideline.endtoend.reference;

import org.jspecify.annotations.NullMarked;
