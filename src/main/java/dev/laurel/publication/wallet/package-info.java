/** Badges in the wallets of their holders: offers, and the protocols by which a wallet takes one. */
@NullMarked
package dev.laurel.publication.wallet;

import org.jspecify.annotations.NullMarked;
