package dev.laurel.credential;

import dev.laurel.credential.document.Json;
import dev.laurel.credential.proof.Canonicalizer;
import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.Multikey;
import dev.laurel.credential.proof.PinnedContexts;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An organisation elsewhere, known by a {@code did:key}: what it signs verifies without asking anybody. */
public final class KnownByKey {

    private static final EddsaRdfc2022 SUITE = new EddsaRdfc2022(new Canonicalizer(PinnedContexts.shipped()));

    private static final Instant SIGNED = Instant.parse("2026-02-01T09:00:00Z");

    private final String name;

    private final byte[] seed = new byte[32];

    /** @param number organisations of different numbers have different keys */
    public KnownByKey(String name, int number) {
        this.name = name;
        Arrays.fill(seed, (byte) number);
    }

    public String did() {
        return "did:key:" + multibase();
    }

    private String multibase() {
        return Multikey.ofEd25519(Ed25519.publicKey(seed));
    }

    /** Its EndorsementCredential about something. */
    public JsonObject endorses(String subject, String remark) {
        return signed(credential("EndorsementCredential", "We stand behind it")
                .add(
                        "credentialSubject",
                        JsonBytes.JSON
                                .createObjectBuilder()
                                .add("id", subject)
                                .add("type", Json.array(List.of("EndorsementSubject")))
                                .add("endorsementComment", remark))
                .build());
    }

    /**
     * A badge of it.
     *
     * @param email of whoever has it; {@code null}: it names nobody
     */
    public JsonObject badge(String achievement, @Nullable String email, @Nullable Instant until) {
        JsonObjectBuilder badge = credential("OpenBadgeCredential", "Welder");
        if (until != null) {
            badge.add("validUntil", until.toString());
        }
        return signed(badge.add(
                        "credentialSubject",
                        JsonBytes.JSON
                                .createObjectBuilder()
                                .add(
                                        "id",
                                        email == null
                                                ? "urn:uuid:00000000-0000-4000-8000-000000000001"
                                                : "mailto:" + email)
                                .add("type", Json.array(List.of("AchievementSubject")))
                                .add(
                                        "achievement",
                                        JsonBytes.JSON
                                                .createObjectBuilder()
                                                .add("id", achievement)
                                                .add("type", Json.array(List.of("Achievement")))
                                                .add("name", "Welder")
                                                .add("description", "Can weld.")
                                                .add(
                                                        "criteria",
                                                        JsonBytes.JSON
                                                                .createObjectBuilder()
                                                                .add("narrative", "Three seams."))))
                .build());
    }

    private JsonObjectBuilder credential(String type, String title) {
        return JsonBytes.JSON
                .createObjectBuilder()
                .add("@context", Json.array(PinnedContexts.OF_AN_ACHIEVEMENT_CREDENTIAL))
                .add("id", "urn:uuid:" + UUID.randomUUID())
                .add("type", Json.array(List.of("VerifiableCredential", type)))
                .add("name", title)
                .add(
                        "issuer",
                        JsonBytes.JSON
                                .createObjectBuilder()
                                .add("id", did())
                                .add("type", Json.array(List.of("Profile")))
                                .add("name", name))
                .add("validFrom", SIGNED.toString());
    }

    /** Whatever it wants to sign. */
    public JsonObject signed(JsonObject credential) {
        return SUITE.sign(credential, Ed25519.signer(did() + "#" + multibase(), seed), SIGNED);
    }
}
