/** Telling people by e-mail what they earned, where they asked for it. Nobody is ever told that they did not earn something. */
@NullMarked
package dev.laurel.publication.mail;

import org.jspecify.annotations.NullMarked;
