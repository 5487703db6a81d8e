package dev.laurel.platform.http;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the way out.
 *
 * @param privateHosts host names or addresses in a private network, or spoken to over plain http, that the operator allows:
 *     at ports 80 and 443, or at the port that stands behind a colon ({@code *}: at any)
 * @param readTimeout from the request to the last byte of the answer
 * @param maxBytes of the body of an answer
 */
@Validated
@ConfigurationProperties("laurel.http")
record OutboundHttpProperties(
        @DefaultValue Set<String> privateHosts,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("10s") Duration readTimeout,
        @DefaultValue("5242880") @Min(1024) int maxBytes) {}
