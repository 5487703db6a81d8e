package dev.laurel.credential;

import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.status.StatusBits;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * Where a credential says that its status can be looked up.
 *
 * @param list the URL of the BitstringStatusListCredential
 * @param index the bit in it, from 0
 * @see <a href="https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry">Bitstring Status List v1.0, 2.1</a>
 */
record CredentialStatus(String list, int index) {

    static final String TYPE = "BitstringStatusListEntry";

    static final String REVOCATION = "revocation";

    static final String SUSPENSION = "suspension";

    JsonObjectBuilder toJson() {
        return JsonBytes.JSON
                .createObjectBuilder()
                .add("id", list + "#" + index)
                .add("type", TYPE)
                .add("statusPurpose", REVOCATION)
                .add("statusListIndex", Integer.toString(index))
                .add("statusListCredential", list);
    }

    /** @throws BadCredentialException where it is another kind of status, or no place in a list */
    static CredentialStatus read(JsonObject entry) {
        if (!TYPE.equals(CredentialShape.text(entry, "type"))
                || !REVOCATION.equals(CredentialShape.text(entry, "statusPurpose"))) {
            throw new BadCredentialException("Not a status that can be looked up");
        }
        String index = CredentialShape.text(entry, "statusListIndex");
        if (!index.matches("\\d{1,9}") || Integer.parseInt(index) >= StatusBits.SIZE) {
            throw new BadCredentialException("Not a place in a status list");
        }
        return new CredentialStatus(CredentialShape.text(entry, "statusListCredential"), Integer.parseInt(index));
    }
}
