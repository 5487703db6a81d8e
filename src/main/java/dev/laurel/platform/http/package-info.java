/** The one guarded way out to other hosts, open to every module. */
@NamedInterface("http")
@NullMarked
package dev.laurel.platform.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
