package lms;

import java.net.URI;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A Dynamic Registration that an administrator of the LMS began.
 *
 * @param token for the tool; {@code null} where this LMS gives none
 * @param renewed the tool that is to be changed; {@code null} for a new one
 * @param used whether the token has registered something
 */
record Registering(
        String id, Mode mode, URI toolUrl, String token, Tool renewed, Instant expires, AtomicBoolean used) {}
