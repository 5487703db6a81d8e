/** An institution that leaves: its issuers with their keys and badges as one archive, and such an archive brought here. */
@NamedInterface("leaving")
@NullMarked
package dev.laurel.credential.leaving;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
