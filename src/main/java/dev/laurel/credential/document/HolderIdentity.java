package dev.laurel.credential.document;

import dev.laurel.platform.secrets.Sha256;
import jakarta.json.JsonObjectBuilder;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a credential says of who its holder is.
 *
 * @param value the hash, or the plain text where there is no salt
 * @param salt random for each award; {@code null} where the value is not hashed
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#identityobject">Open Badges 3.0, IdentityObject</a>
 */
record HolderIdentity(Kind kind, String value, @Nullable String salt) {

    enum Kind {
        EMAIL("emailAddress"),
        NAME("name");

        private final String type;

        Kind(String type) {
            this.type = type;
        }
    }

    /** {@code sha256$} and the hash of the identifier followed by the salt, in UTF-8, hexadecimal. */
    static HolderIdentity hashed(Kind kind, String identifier, String salt) {
        return new HolderIdentity(kind, "sha256$" + HexFormat.of().formatHex(Sha256.of(identifier + salt)), salt);
    }

    /** The specification says nothing of case; Laurel hashes addresses in lower case, without blanks around. */
    static HolderIdentity email(String address, byte[] randomSalt) {
        return hashed(
                Kind.EMAIL,
                address.strip().toLowerCase(Locale.ROOT),
                HexFormat.of().formatHex(randomSalt));
    }

    static HolderIdentity name(String name) {
        return new HolderIdentity(Kind.NAME, name, null);
    }

    JsonObjectBuilder toJson() {
        JsonObjectBuilder json = Json.object()
                .add("type", "IdentityObject")
                .add("hashed", salt != null)
                .add("identityHash", value)
                .add("identityType", kind.type);
        Json.put(json, "salt", salt);
        return json;
    }
}
