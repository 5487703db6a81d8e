/** The number of an institution, open to every module. */
@NamedInterface("tenant")
@NullMarked
package dev.laurel.platform.tenant;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
