package dev.laurel.credential.endorsement;

import jakarta.json.JsonObject;

/**
 * An EndorsementCredential as it is put into what it endorses: with its own contexts and proof. Two are the same where their
 * digests are, which is far cheaper than to compare the JSON.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential">Open Badges 3.0, EndorsementCredential</a>
 */
public record Attachment(String digest, JsonObject json) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Attachment attachment && attachment.digest.equals(digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }
}
