/** What modules end for good and has to stay ended when a backup is restored, open to every module. */
@NamedInterface("ended")
@NullMarked
package dev.laurel.platform.ended;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
