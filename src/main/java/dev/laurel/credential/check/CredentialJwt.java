package dev.laurel.credential.check;

import dev.laurel.credential.check.Check.Name;
import dev.laurel.credential.proof.JsonBytes;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A credential in the payload of a JWT: beside its registered claims, or under {@code vc} as in version 1.1, where a claim may stand
 * in place of a member.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof">Open Badges 3.0, 8.2 JSON Web Token Proof Format</a>
 * @see <a href="https://www.w3.org/TR/vc-data-model/#json-web-token">Verifiable Credentials Data Model v1.1, 6.3.1</a>
 */
final class CredentialJwt {

    private static final List<String> CLAIMS = List.of("iss", "jti", "nbf", "sub", "exp", "iat", "aud", "vc");

    private static final BigInteger MOST_SECONDS = BigInteger.valueOf(Integer.MAX_VALUE * 100L);

    private CredentialJwt() {}

    static JsonObject credential(JsonObject payload) {
        JsonObject wrapped = Look.object(payload, "vc");
        JsonObjectBuilder credential = JsonBytes.JSON.createObjectBuilder(wrapped == null ? payload : wrapped);
        if (wrapped == null) {
            CLAIMS.forEach(credential::remove);
            return credential.build();
        }
        put(credential, wrapped, "id", Look.text(payload, "jti"));
        put(credential, wrapped, "issuer", Look.text(payload, "iss"));
        put(credential, wrapped, "issuanceDate", time(payload, "nbf"));
        put(credential, wrapped, "expirationDate", time(payload, "exp"));
        JsonObject subject = Look.object(wrapped, "credentialSubject");
        String sub = Look.text(payload, "sub");
        if (subject != null && sub != null && !subject.containsKey("id")) {
            credential.add(
                    "credentialSubject",
                    JsonBytes.JSON.createObjectBuilder(subject).add("id", sub));
        }
        return credential.build();
    }

    private static void put(JsonObjectBuilder credential, JsonObject had, String name, @Nullable String value) {
        if (value != null && !had.containsKey(name)) {
            credential.add(name, value);
        }
    }

    private static @Nullable String time(JsonObject payload, String claim) {
        return payload.get(claim) instanceof JsonNumber number
                        && whole(number).signum() > 0
                        && whole(number).compareTo(MOST_SECONDS) < 0
                ? Instant.ofEpochSecond(number.longValue()).toString()
                : null;
    }

    /** Not its last 64 bits only. */
    private static BigInteger whole(JsonNumber number) {
        return number.bigDecimalValue().toBigInteger();
    }

    /** What the header and the registered claims say beside the credential must not be something else. */
    static void check(Jws jws, JsonObject credential, Findings findings) {
        findings.passed(Name.CLAIMS);
        String unwanted = jws.unwantedHeader();
        if ("crit".equals(unwanted)) {
            findings.failed(Name.CLAIMS, Reason.HEADER_NOT_ALLOWED, unwanted);
        } else if (unwanted != null) {
            findings.warn(Name.CLAIMS, Reason.HEADER_NOT_ALLOWED, unwanted);
        }
        JsonObject payload = jws.payload();
        text(payload, "iss", Look.id(credential, "issuer"), findings);
        text(payload, "jti", Look.text(credential, "id"), findings);
        text(payload, "sub", Look.text(Look.object(credential, "credentialSubject"), "id"), findings);
        number(payload, "nbf", OpenBadge3.from(credential), findings);
        String until = OpenBadge3.until(credential);
        if (until != null || payload.containsKey("exp")) {
            number(payload, "exp", until, findings);
        }
    }

    private static void text(JsonObject payload, String claim, @Nullable String expected, Findings findings) {
        String said = Look.text(payload, claim);
        if (said == null && !payload.containsKey(claim)) {
            missing(claim, findings);
        } else if (!String.valueOf(said).equals(expected)) {
            findings.failed(Name.CLAIMS, Reason.CLAIM_CONTRADICTS, claim);
        }
    }

    private static void number(JsonObject payload, String claim, @Nullable String expected, Findings findings) {
        Long seconds = Look.epochSecondOrNull(expected);
        if (!payload.containsKey(claim)) {
            missing(claim, findings);
        } else if (!(payload.get(claim) instanceof JsonNumber number)
                || seconds == null
                || !whole(number).equals(BigInteger.valueOf(seconds))) {
            findings.failed(Name.CLAIMS, Reason.CLAIM_CONTRADICTS, claim);
        }
    }

    /** Without {@code iss} a reader of the JWT alone would take it for anybody's. */
    private static void missing(String claim, Findings findings) {
        if (claim.equals("iss")) {
            findings.failed(Name.CLAIMS, Reason.CLAIM_MISSING, claim);
        } else {
            findings.warn(Name.CLAIMS, Reason.CLAIM_MISSING, claim);
        }
    }
}
