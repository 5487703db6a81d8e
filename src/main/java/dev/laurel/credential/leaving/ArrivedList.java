package dev.laurel.credential.leaving;

import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.status.StatusBits;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntPredicate;
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

    private static final String SUBJECT = "credentialSubject";

    private static final JsonFactory READER = new JsonFactory();

    private final JsonObject json;

    private final @Nullable StatusBits bits;

    private final Set<String> ids = new HashSet<>();

    /** Fails where it is neither. */
    private ArrivedList(JsonObject json) {
        this.json = json;
        this.bits = json.containsKey(SUBJECT)
                ? StatusBits.decode(json.getJsonObject(SUBJECT).getString("encodedList"))
                : null;
        if (bits == null) {
            json.getJsonArray(REVOKED).getValuesAs(JsonObject.class).forEach(each -> ids.add(each.getString("id", "")));
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
        return bits != null ? place != null && bits.isSet(place) : ids.contains("urn:uuid:" + credential);
    }

    /** With these not in force for good; without any proof. */
    ArrivedList with(Collection<ArrivedCredential> withdrawn, Instant now) {
        if (bits != null) {
            Set<Integer> places = places(withdrawn);
            return withBits(each -> places.contains(each) || bits.isSet(each), now);
        }
        Set<String> revokedNow = new LinkedHashSet<>();
        withdrawn.forEach(each -> revokedNow.add("urn:uuid:" + each.id()));
        JsonArrayBuilder revoked = JsonBytes.JSON.createArrayBuilder();
        json.getJsonArray(REVOKED).getValuesAs(JsonObject.class).stream()
                .filter(each -> !revokedNow.contains(each.getString("id", "")))
                .forEach(revoked::add);
        revokedNow.forEach(id -> revoked.add(JsonBytes.JSON
                .createObjectBuilder()
                .add("id", id)
                .add("revoked", true)
                .add("revocationReason", "Taken back by its issuer")));
        return new ArrivedList(
                JsonBytes.JSON.createObjectBuilder(json).add(REVOKED, revoked).build());
    }

    /** Of bits, without these; without any proof. */
    ArrivedList without(Collection<ArrivedCredential> withdrawn, Instant now) {
        StatusBits before = Objects.requireNonNull(bits);
        Set<Integer> places = places(withdrawn);
        return withBits(each -> before.isSet(each) && !places.contains(each), now);
    }

    boolean saysTheSameAs(ArrivedList other) {
        return bits != null && other.bits != null ? bits.encode().equals(other.bits.encode()) : ids.equals(other.ids);
    }

    private static Set<Integer> places(Collection<ArrivedCredential> credentials) {
        return credentials.stream()
                .map(ArrivedCredential::place)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private ArrivedList withBits(IntPredicate isSet, Instant now) {
        StatusBits after = StatusBits.of(
                IntStream.range(0, StatusBits.SIZE).filter(isSet).boxed().toList());
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
