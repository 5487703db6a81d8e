package dev.laurel.platform;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What an installation is told from outside.
 *
 * @param publicUrl the address under which Laurel is known for ever
 * @param publicUrlMovedFrom the address before, where the installation moves on purpose
 * @param masterKey Base64 of 32 bytes
 * @param registrations where the registrations file is, e.g. {@code file:/etc/laurel/registrations.yaml}; empty: none
 */
@ConfigurationProperties("laurel")
record LaurelProperties(
        @Nullable String publicUrl,
        @Nullable String publicUrlMovedFrom,
        @Nullable String masterKey,
        @Nullable String registrations) {}
