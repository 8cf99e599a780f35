/** Who may talk to a service: loopback only, unless a key or the operator says otherwise. */
@NullMarked
package dev.tideline.starter.web;

import org.jspecify.annotations.NullMarked;
