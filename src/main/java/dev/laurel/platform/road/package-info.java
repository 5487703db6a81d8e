/** The road of one grade: reference numbers, what each step says of one, jobs, and the metrics of each step. */
@NamedInterface("road")
@NullMarked
package dev.laurel.platform.road;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
