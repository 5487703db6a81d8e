/**
 * Telling people by e-mail: students what they earned, instructors once a week what waits for them; only those who asked.
 * Nobody is ever told that they did not earn something.
 */
@NamedInterface("mail")
@NullMarked
package dev.laurel.publication.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
