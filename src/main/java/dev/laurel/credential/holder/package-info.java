/** Who holds a credential: DIDs of wallets, and the proofs that somebody has their keys. */
@NamedInterface("holder")
@NullMarked
package dev.laurel.credential.holder;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
