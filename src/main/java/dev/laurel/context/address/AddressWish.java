package dev.laurel.context.address;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An address that a person gave and has not confirmed.
 *
 * @param codeEndsAt until when the code counts that was mailed to it; {@code null}: none was yet
 */
public record AddressWish(
        MailAddress address, Instant askedAt, @Nullable Instant codeEndsAt) {}
