/** Accounts of different platforms that are one human's, and who says so. */
@NamedInterface("link")
@NullMarked
package dev.laurel.context.link;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
