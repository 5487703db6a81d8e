package dev.laurel.publication.wallet;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much wallets may ask, counted on each node by itself.
 *
 * @param perAddress requests in a minute from one address: a whole school may be behind one
 */
@Validated
@ConfigurationProperties("laurel.wallet")
record WalletSettings(@DefaultValue("600") @Min(1) int perAddress) {}
