/** How an operator gets in: a one-time link that a command prints. */
@NullMarked
package dev.laurel.launch.operator;

import org.jspecify.annotations.NullMarked;
