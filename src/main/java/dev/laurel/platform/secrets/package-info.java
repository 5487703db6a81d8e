/** Encryption and keyed hashes under the master key, and random tokens, open to every module. */
@NamedInterface("secrets")
@NullMarked
package dev.laurel.platform.secrets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
