package dev.laurel.credential.status;

import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.JsonBytes;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Where a credential says that its status can be looked up.
 *
 * @param list the URL of the BitstringStatusListCredential, or of the 1EdTechRevocationList
 * @param index the bit in it, from 0; {@code null} in a list of ids
 * @see <a href="https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry">Bitstring Status List v1.0, 2.1</a>
 * @see <a href="https://www.imsglobal.org/spec/vcrl/v1p0/">1EdTech Credential Revocation List 1.0</a>
 */
public record CredentialStatus(String list, @Nullable Integer index) {

    public static final String TYPE = "BitstringStatusListEntry";

    public static final String LIST_OF_IDS = "1EdTechRevocationList";

    public static final String REVOCATION = "revocation";

    public static final String SUSPENSION = "suspension";

    /** In a list that tells the ids of what is not in force. */
    public static CredentialStatus listed(String list) {
        return new CredentialStatus(list, null);
    }

    public JsonObjectBuilder toJson() {
        if (index == null) {
            return JsonBytes.JSON.createObjectBuilder().add("id", list).add("type", LIST_OF_IDS);
        }
        return JsonBytes.JSON
                .createObjectBuilder()
                .add("id", list + "#" + index)
                .add("type", TYPE)
                .add("statusPurpose", REVOCATION)
                .add("statusListIndex", Integer.toString(index))
                .add("statusListCredential", list);
    }

    /** @throws BadCredentialException where it is another kind of status, or no place in a list */
    public static CredentialStatus read(JsonObject entry) {
        String type = JsonBytes.text(entry, "type");
        if (LIST_OF_IDS.equals(type)) {
            return listed(JsonBytes.text(entry, "id"));
        }
        if (!TYPE.equals(type) || !REVOCATION.equals(JsonBytes.text(entry, "statusPurpose"))) {
            throw new BadCredentialException("Not a status that can be looked up");
        }
        String index = JsonBytes.text(entry, "statusListIndex");
        if (!index.matches("\\d{1,9}") || Integer.parseInt(index) >= StatusBits.SIZE) {
            throw new BadCredentialException("Not a place in a status list");
        }
        return new CredentialStatus(JsonBytes.text(entry, "statusListCredential"), Integer.parseInt(index));
    }
}
