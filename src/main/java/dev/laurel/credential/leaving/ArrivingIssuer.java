package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.platform.sql.Varchar;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An issuer as an archive brings it.
 *
 * @param keys with their private halves, but for retired ones of which nobody has it any more
 */
record ArrivingIssuer(UUID id, String did, String name, List<IssuerPapers.Key> keys) {

    static ArrivingIssuer of(UUID id, JsonObject described, JsonObject secret) {
        String did = described.getString("did");
        if (!did.startsWith("did:web:") || !did.endsWith(":" + id) || did.length() > 500) {
            throw new ArchiveRefusedException(Reason.KEYS, ArchiveReader.shown(did));
        }
        Map<String, String> privates = new HashMap<>();
        for (JsonObject each : secret.getJsonArray("keys").getValuesAs(JsonObject.class)) {
            privates.put(each.getString("fragment"), each.getString("private"));
        }
        List<IssuerPapers.Key> keys = new ArrayList<>();
        for (JsonObject each : described.getJsonArray("keys").getValuesAs(JsonObject.class)) {
            keys.add(new IssuerPapers.Key(
                    each.getString("fragment"),
                    each.getString("algorithm"),
                    each.getString("public"),
                    Base64.getUrlDecoder().decode(privates.getOrDefault(each.getString("fragment"), "")),
                    ArchiveTime.parse(each.getString("createdAt")),
                    each.containsKey("retiredAt") ? ArchiveTime.parse(each.getString("retiredAt")) : null));
        }
        return new ArrivingIssuer(id, did, Varchar.fit(described.getString("name"), 300), List.copyOf(keys));
    }

    /** Another key under the same name than one that came before. */
    boolean contradicts(List<ArrivedRepository.SealedKey> here) {
        return here.stream()
                .anyMatch(before -> keys.stream()
                        .anyMatch(key -> key.fragment().equals(before.fragment())
                                && !key.publicKey().equals(before.publicKey())));
    }
}
