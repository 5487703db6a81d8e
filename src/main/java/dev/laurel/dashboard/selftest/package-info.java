/** The self-test of a registration, for the operator and for an institution's administrator, and what it shows can work. */
@NullMarked
package dev.laurel.dashboard.selftest;

import org.jspecify.annotations.NullMarked;
