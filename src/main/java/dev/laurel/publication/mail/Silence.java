package dev.laurel.publication.mail;

import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.mail.MessageRepository.Addressee;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Addresses that end messages by one click, without signing in (RFC 8058). Whoever has one can do nothing else with it.
 */
@Component
class Silence {

    static final String PATH = "/messages/silence/";

    private static final String PURPOSE = "mail-silence";

    private static final int NUMBERS = 2 * Long.BYTES;

    private static final int PROOF = 16;

    private final MasterKey masterKey;

    Silence(MasterKey masterKey) {
        this.masterKey = masterKey;
    }

    String token(Addressee addressee) {
        byte[] numbers = ByteBuffer.allocate(NUMBERS)
                .putLong(addressee.tenant().value())
                .putLong(addressee.personId())
                .array();
        byte[] token = Arrays.copyOf(numbers, NUMBERS + PROOF);
        System.arraycopy(proof(numbers), 0, token, NUMBERS, PROOF);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** Empty where Laurel never made such a token. */
    Optional<Addressee> read(String token) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != NUMBERS + PROOF) {
            return Optional.empty();
        }
        byte[] numbers = Arrays.copyOf(bytes, NUMBERS);
        if (!MessageDigest.isEqual(proof(numbers), Arrays.copyOfRange(bytes, NUMBERS, bytes.length))) {
            return Optional.empty();
        }
        ByteBuffer read = ByteBuffer.wrap(numbers);
        return Optional.of(new Addressee(new TenantId(read.getLong()), read.getLong()));
    }

    private byte[] proof(byte[] numbers) {
        return Arrays.copyOf(masterKey.keyedHash(PURPOSE, numbers), PROOF);
    }
}
