/** The checks that need no more than the platform module. */
@NullMarked
package dev.laurel.platform.selftest.probe;

import org.jspecify.annotations.NullMarked;
