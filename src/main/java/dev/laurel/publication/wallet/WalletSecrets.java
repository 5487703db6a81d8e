package dev.laurel.publication.wallet;

import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.secrets.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** The secrets of an offer: one is random, the others are derived from it under the master key. None is stored readable. */
@Component
class WalletSecrets {

    static final int CODE_DIGITS = 6;

    private static final String PURPOSE = "wallet-offer";

    private final MasterKey masterKey;

    WalletSecrets(MasterKey masterKey) {
        this.masterKey = masterKey;
    }

    byte[] seal(String secret) {
        return masterKey.seal(PURPOSE, secret.getBytes(StandardCharsets.US_ASCII));
    }

    String open(byte[] sealed) {
        return new String(masterKey.open(PURPOSE, sealed), StandardCharsets.US_ASCII);
    }

    /** What the wallet changes for a token: the pre-authorised code. */
    String preAuthorizedCode(String secret) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(derived("wallet-code", secret));
    }

    /** Six digits that its holder types into the wallet. */
    String transactionCode(String secret) {
        int number = ByteBuffer.wrap(derived("wallet-transaction-code", secret)).getInt() & Integer.MAX_VALUE;
        return String.format(Locale.ROOT, "%0" + CODE_DIGITS + "d", number % 1_000_000);
    }

    private byte[] derived(String purpose, String secret) {
        return masterKey.keyedHash(purpose, secret.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] hash(String secret) {
        return Sha256.of(secret);
    }
}
