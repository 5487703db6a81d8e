package dev.laurel.credential.leaving;

import dev.laurel.credential.proof.JsonBytes;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * The keys in a DID document that sign JWTs: each stands at an address of its own, which a {@code kid} names.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof">Open Badges 3.0, 8.2 JSON Web Token Proof Format</a>
 */
final class KeysOfJwts {

    private KeysOfJwts() {}

    /** Bare JWKs by the fragments of their ids. */
    static Map<String, byte[]> of(byte[] didDocument) {
        Map<String, byte[]> keys = new TreeMap<>();
        if (JsonBytes.parse(didDocument).get("verificationMethod") instanceof JsonArray methods) {
            for (JsonObject method : methods.getValuesAs(JsonObject.class)) {
                String id = method.getString("id", "");
                // One that was stolen says since when, and signs nothing that anybody should believe.
                if (id.indexOf('#') > 0
                        && !method.containsKey("revoked")
                        && method.get("publicKeyJwk") instanceof JsonObject jwk) {
                    keys.put(id.substring(id.indexOf('#') + 1), JsonBytes.write(jwk));
                }
            }
        }
        return keys;
    }
}
