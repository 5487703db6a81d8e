/** Lists in which verifiers read whether a credential is still in force. */
@NullMarked
package dev.laurel.credential.status;

import org.jspecify.annotations.NullMarked;
