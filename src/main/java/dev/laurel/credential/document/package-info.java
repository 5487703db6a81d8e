/** What credentials, issuers and learner records say: written, signed by template, and verified from their bytes. */
@NullMarked
package dev.laurel.credential.document;

import org.jspecify.annotations.NullMarked;
