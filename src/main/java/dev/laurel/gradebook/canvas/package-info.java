/**
 * The gradebook of Canvas over its REST interface, in the name of somebody who allowed it: everything that other tools and
 * Canvas itself measure.
 */
@NamedInterface("canvas")
@NullMarked
package dev.laurel.gradebook.canvas;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
