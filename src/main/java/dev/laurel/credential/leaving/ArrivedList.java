package dev.laurel.credential.leaving;

import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.status.StatusBits;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A status list that was brought here: bits, which its issuer signs, or the ids of what is not in force, which nobody does. */
record ArrivedList(JsonObject json) {

    static ArrivedList parse(byte[] bytes) {
        return new ArrivedList(JsonBytes.parse(bytes));
    }

    boolean isOfBits() {
        return json.containsKey("credentialSubject");
    }

    boolean withdraws(UUID credential, @Nullable Integer place) {
        return isOfBits()
                ? place != null && bits().isSet(place)
                : json.getJsonArray("revokedCredential").getValuesAs(JsonObject.class).stream()
                        .anyMatch(each -> each.getString("id", "").equals("urn:uuid:" + credential));
    }

    /** With one more that is not in force; without any proof. */
    JsonObject with(UUID credential, @Nullable Integer place, Instant now) {
        if (!isOfBits()) {
            JsonArrayBuilder revoked = JsonBytes.JSON.createArrayBuilder(json.getJsonArray("revokedCredential"));
            revoked.add(JsonBytes.JSON
                    .createObjectBuilder()
                    .add("id", "urn:uuid:" + credential)
                    .add("revoked", true)
                    .add("revocationReason", "Taken back by its issuer"));
            return JsonBytes.JSON
                    .createObjectBuilder(json)
                    .add("revokedCredential", revoked)
                    .build();
        }
        StatusBits before = bits();
        StatusBits after = StatusBits.of(IntStream.range(0, StatusBits.SIZE)
                .filter(each -> place != null && each == place || before.isSet(each))
                .boxed()
                .toList());
        return JsonBytes.JSON
                .createObjectBuilder(json)
                .remove("proof")
                .add("validFrom", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .add(
                        "credentialSubject",
                        JsonBytes.JSON
                                .createObjectBuilder(json.getJsonObject("credentialSubject"))
                                .add("encodedList", after.encode()))
                .build();
    }

    /** Fails where it is neither. */
    void requireReadable() {
        withdraws(new UUID(0, 0), 0);
    }

    private StatusBits bits() {
        return StatusBits.decode(json.getJsonObject("credentialSubject").getString("encodedList"));
    }
}
