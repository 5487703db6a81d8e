/** Who signs: the keys of issuers, and the addresses and DID documents at which everybody finds them. */
@NullMarked
package dev.laurel.credential.issuer;

import org.jspecify.annotations.NullMarked;
