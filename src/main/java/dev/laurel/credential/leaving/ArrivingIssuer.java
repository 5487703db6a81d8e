package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.platform.sql.Varchar;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * An issuer as an archive brings it.
 *
 * @param dids that of the day of the archive first; the others are those of before its public address moved, under which it
 *     signed with the same keys
 * @param asOf how new what the archive says of it is: older than the archive where it had come to the institution from elsewhere
 * @param keys with their private halves, but for retired ones of which nobody has it any more
 */
record ArrivingIssuer(UUID id, List<String> dids, String name, Instant asOf, List<IssuerPapers.Key> keys) {

    /** What {@code issuer.json} calls them; absent where Laurel never moved. */
    static final String FORMER_DIDS = "formerDids";

    /** Absent where it is the moment of the archive, and in archives of earlier versions. */
    static final String AS_OF = "asOf";

    /** Nobody moves so often, and each is a name under which keys are asked. */
    private static final int MOST_DIDS = 50;

    /** @param madeAt when the archive was made */
    static ArrivingIssuer of(UUID id, JsonObject described, JsonObject secret, Instant madeAt) {
        List<String> dids = dids(described);
        for (String did : dids) {
            if (!did.startsWith("did:web:") || !did.endsWith(":" + id) || did.length() > 500) {
                throw new ArchiveRefusedException(Reason.KEYS, ArchiveReader.shown(did));
            }
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
        Instant asOf = described.containsKey(AS_OF) ? ArchiveTime.parse(described.getString(AS_OF)) : madeAt;
        return new ArrivingIssuer(
                id,
                dids,
                Varchar.fit(described.getString("name"), 300),
                // As it is kept: the same archive again is not newer.
                (asOf.isBefore(madeAt) ? asOf : madeAt).truncatedTo(ChronoUnit.MICROS),
                List.copyOf(keys));
    }

    private static List<String> dids(JsonObject described) {
        List<String> dids = new ArrayList<>(List.of(described.getString("did")));
        if (described.containsKey(FORMER_DIDS)) {
            described.getJsonArray(FORMER_DIDS).getValuesAs(JsonString.class).forEach(did -> dids.add(did.getString()));
        }
        if (dids.size() > MOST_DIDS || Set.copyOf(dids).size() < dids.size()) {
            throw new ArchiveRefusedException(Reason.KEYS, ArchiveReader.shown(dids.get(0)));
        }
        return List.copyOf(dids);
    }

    /** Another key under the same name than one that came before. */
    boolean contradicts(List<ArrivedRepository.SealedKey> here) {
        return here.stream()
                .anyMatch(before -> keys.stream()
                        .anyMatch(key -> key.fragment().equals(before.fragment())
                                && !key.publicKey().equals(before.publicKey())));
    }
}
