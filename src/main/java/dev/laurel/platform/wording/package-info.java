/** The texts of the message files, open to every module. */
@NamedInterface("wording")
@NullMarked
package dev.laurel.platform.wording;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
