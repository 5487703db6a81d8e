/**
 * The self-test of a registration: what is looked at, what was found, and the job that looks. A module that can look at
 * something brings a {@link dev.laurel.platform.selftest.Probe}.
 */
@NamedInterface("self-test")
@NullMarked
package dev.laurel.platform.selftest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
