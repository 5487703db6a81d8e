package dev.laurel.credential.leaving;

import java.time.Instant;
import java.util.UUID;

/**
 * An issuer that was brought here.
 *
 * @param arrivalId in addresses here
 * @param did stays what it was
 * @param asOf when the newest archive of it was made
 * @param credentials how many badges of it are here
 */
public record ArrivedIssuer(
        long id, UUID arrivalId, String did, String name, Instant asOf, Instant arrivedAt, int credentials) {}
