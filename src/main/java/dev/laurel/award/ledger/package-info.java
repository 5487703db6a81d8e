/** What is written down of awards, for the insides of this module only. */
@NullMarked
package dev.laurel.award.ledger;

import org.jspecify.annotations.NullMarked;
