package dev.laurel.credential.status;

import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.status.StatusLists.Entry;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A list of the credentials that are not in force, by their ids. It is not signed: who trusts it trusts the address.
 *
 * @see <a href="https://www.imsglobal.org/spec/vcrl/v1p0/">1EdTech Credential Revocation List 1.0</a>
 */
public final class RevocationList {

    /** Why what is suspended is not in force; whatever has another reason is so for good. */
    public static final String SUSPENDED = "Suspended: it does not count for now";

    /** One reason for all that is so for good: who was erased, and by whose word, is nobody's business. */
    public static final String OVER = "No longer in force";

    private RevocationList() {}

    static byte[] write(String url, String did, Collection<Entry> withdrawn) {
        Map<UUID, Withdrawal> known = new TreeMap<>();
        withdrawn.forEach(entry -> {
            if (entry.credential() != null) {
                known.merge(entry.credential(), entry.why(), (one, other) -> one == Withdrawal.SUSPENDED ? other : one);
            }
        });
        JsonArrayBuilder revoked = JsonBytes.JSON.createArrayBuilder();
        known.forEach((credential, why) -> revoked.add(JsonBytes.JSON
                .createObjectBuilder()
                .add("id", "urn:uuid:" + credential)
                .add("revoked", true)
                .add("revocationReason", reason(why))));
        return JsonBytes.write(JsonBytes.JSON
                .createObjectBuilder()
                .add("id", url)
                .add("issuer", did)
                .add("revokedCredential", revoked)
                .build());
    }

    /** What may be told to everybody; why somebody took a badge back stands in its history only. */
    private static String reason(Withdrawal why) {
        return switch (why) {
            case REVOKED, ENDED -> OVER;
            case SUPERSEDED -> "Superseded by a newer credential";
            case SUSPENDED -> SUSPENDED;
        };
    }

    /** Ours, and so as large as it has become: a full list has some megabytes. */
    private static JsonObject read(byte[] list) {
        try (JsonReader reader = JsonBytes.JSON.createReader(new ByteArrayInputStream(list))) {
            return reader.readObject();
        }
    }

    /** Of each credential in the list by its id, why it is not in force: {@code suspended} or {@code revoked}. */
    public static Map<String, String> all(byte[] list) {
        Map<String, String> all = new TreeMap<>();
        if (read(list).get("revokedCredential") instanceof JsonArray revoked) {
            for (JsonObject entry : revoked.getValuesAs(JsonObject.class)) {
                boolean suspended = SUSPENDED.equals(entry.getString("revocationReason", ""));
                all.put(entry.getString("id"), suspended ? "suspended" : "revoked");
            }
        }
        return all;
    }

    /** Why the credential is not in force; {@code null}: it is. */
    public static @Nullable Withdrawal find(byte[] list, String credential) {
        if (!(read(list).get("revokedCredential") instanceof JsonArray revoked)) {
            return Withdrawal.REVOKED;
        }
        return revoked.stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(entry -> credential.equals(entry.getString("id", "")))
                .filter(entry -> entry.getBoolean("revoked", true))
                .map(entry -> SUSPENDED.equals(entry.getString("revocationReason", ""))
                        ? Withdrawal.SUSPENDED
                        : Withdrawal.REVOKED)
                .findFirst()
                .orElse(null);
    }
}
