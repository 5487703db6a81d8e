package dev.laurel.context.address;

import java.time.Instant;

/**
 * An address that a person confirmed.
 *
 * @param id of this address of this person, and never again of another
 */
public record OwnAddress(long id, long personId, MailAddress address, Instant confirmedAt) {}
