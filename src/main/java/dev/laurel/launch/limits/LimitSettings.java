package dev.laurel.launch.limits;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much may come in. Everything is counted on each node by itself.
 *
 * @param perAddress logins, and as many launches, in a minute from one address: a whole school may be behind one
 * @param perRegistration the same from one platform
 * @param registrationsPerAddress requests to register a platform, in a minute from one address
 * @param checksPerAddress requests to check badges of anybody, in a minute from one address
 * @param openLogins of one platform, kept until they come back or are ten minutes old; beyond that the oldest go
 */
@Validated
@ConfigurationProperties("laurel.launch.limits")
record LimitSettings(
        @DefaultValue("1000") @Min(1) int perAddress,
        @DefaultValue("30000") @Min(1) int perRegistration,
        @DefaultValue("30") @Min(1) int registrationsPerAddress,
        @DefaultValue("60") @Min(1) int checksPerAddress,
        @DefaultValue("100000") @Min(1) int openLogins) {}
