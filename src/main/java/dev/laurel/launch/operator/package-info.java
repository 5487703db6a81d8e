/** How an operator gets in: a one-time link that a command prints. */
@NamedInterface("operator")
@NullMarked
package dev.laurel.launch.operator;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
