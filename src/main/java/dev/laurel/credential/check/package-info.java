/**
 * Checking any Open Badge, of this installation or of anybody: 3.0 with an embedded proof or as a JWT, 2.0 hosted or signed, out of
 * a picture or not.
 */
@NamedInterface("check")
@NullMarked
package dev.laurel.credential.check;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
