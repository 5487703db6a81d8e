package dev.laurel.credential.status;

import dev.laurel.credential.status.StatusListSigning.Purpose;
import dev.laurel.credential.status.StatusLists.Entry;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Status lists as an issuer writes them. */
public final class TestStatusLists {

    private TestStatusLists() {}

    /** Before it is signed: what is not in force. */
    public static JsonObject revocations(String url, String suspensions, String did, StatusBits bits, Instant now) {
        return StatusListSigning.toJson(url, did, Purpose.revocation(suspensions), bits, now);
    }

    /** Before it is signed: what is not in force for now only. */
    public static JsonObject suspensions(String url, String revocations, String did, StatusBits bits, Instant now) {
        return StatusListSigning.toJson(url, did, Purpose.suspension(revocations), bits, now);
    }

    /** The credentials of these ids are not in force. */
    public static byte[] ofIds(String url, String did, Map<UUID, Withdrawal> withdrawn) {
        return RevocationList.write(
                url,
                did,
                withdrawn.entrySet().stream()
                        .map(entry -> new Entry(0, entry.getKey(), entry.getValue()))
                        .toList());
    }
}
