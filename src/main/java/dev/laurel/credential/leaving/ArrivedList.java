package dev.laurel.credential.leaving;

import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.status.RevocationList;
import dev.laurel.credential.status.StatusBits;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;

/** A status list that was brought here: bits, which its issuer signs, or the ids of what is not in force, which nobody does. */
final class ArrivedList {

    /** Bytes: what the database keeps of one. A list of ids grows with each badge that is taken back. */
    static final int LARGEST = (16 << 20) - 1;

    private static final String REVOKED = "revokedCredential";

    private static final String REASON = "revocationReason";

    private static final String SUBJECT = "credentialSubject";

    private static final JsonFactory READER = new JsonFactory();

    private final JsonObject json;

    private final @Nullable StatusBits bits;

    /** Whether each of them is suspended only. */
    private final Map<String, Boolean> ids = new HashMap<>();

    /** Fails where it is neither. */
    private ArrivedList(JsonObject json) {
        this.json = json;
        this.bits = json.containsKey(SUBJECT)
                ? StatusBits.decode(json.getJsonObject(SUBJECT).getString("encodedList"))
                : null;
        if (bits == null) {
            json.getJsonArray(REVOKED)
                    .getValuesAs(JsonObject.class)
                    .forEach(each -> ids.merge(each.getString("id", ""), isSuspended(each), Boolean::logicalAnd));
        }
    }

    static ArrivedList parse(byte[] bytes) {
        return new ArrivedList(JsonBytes.parse(bytes, LARGEST));
    }

    JsonObject json() {
        return json;
    }

    boolean isOfBits() {
        return bits != null;
    }

    /** The same, of a list that was taken in; it is read no further than needed. */
    static boolean isOfBits(byte[] bytes) {
        try (JsonParser list = READER.createParser(bytes)) {
            list.nextToken();
            for (String name = list.nextName(); name != null; name = list.nextName()) {
                if (name.equals(SUBJECT)) {
                    return true;
                }
                list.nextToken();
                list.skipChildren();
            }
        }
        return false;
    }

    boolean withdraws(UUID credential, @Nullable Integer place) {
        return bits != null ? place != null && bits.isSet(place) : ids.containsKey("urn:uuid:" + credential);
    }

    private static boolean isSuspended(JsonObject entry) {
        return RevocationList.SUSPENDED.equals(entry.getString(REASON, ""));
    }

    /** What it calls not in force: the places of bits, or ids. */
    Set<String> all() {
        StatusBits set = bits;
        return set == null
                ? Set.copyOf(ids.keySet())
                : IntStream.range(0, StatusBits.SIZE)
                        .filter(set::isSet)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.toSet());
    }

    /** Of ids; a list of bits has another one beside it for that. */
    Set<String> suspendedIds() {
        return ids.keySet().stream()
                .filter(id -> Boolean.TRUE.equals(ids.get(id)))
                .collect(Collectors.toSet());
    }

    /** Of ids, with these not in force; of each the entry stays that says the same. */
    ArrivedList withIds(NotInForce what) {
        Set<String> open = new TreeSet<>(what.all());
        JsonArrayBuilder revoked = JsonBytes.JSON.createArrayBuilder();
        for (JsonObject entry : json.getJsonArray(REVOKED).getValuesAs(JsonObject.class)) {
            String id = entry.getString("id", "");
            if (open.contains(id) && isSuspended(entry) == what.suspended().contains(id)) {
                revoked.add(entry);
                open.remove(id);
            }
        }
        open.forEach(id -> revoked.add(JsonBytes.JSON
                .createObjectBuilder()
                .add("id", id)
                .add("revoked", true)
                .add(REASON, what.suspended().contains(id) ? RevocationList.SUSPENDED : RevocationList.OVER)));
        return new ArrivedList(
                JsonBytes.JSON.createObjectBuilder(json).add(REVOKED, revoked).build());
    }

    /** Of bits, with these places set; without any proof. */
    ArrivedList withPlaces(Set<String> places, Instant now) {
        StatusBits after = StatusBits.of(places.stream().map(Integer::valueOf).toList());
        return new ArrivedList(JsonBytes.JSON
                .createObjectBuilder(json)
                .remove("proof")
                .add("validFrom", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .add(
                        SUBJECT,
                        JsonBytes.JSON
                                .createObjectBuilder(json.getJsonObject(SUBJECT))
                                .add("encodedList", after.encode()))
                .build());
    }
}
