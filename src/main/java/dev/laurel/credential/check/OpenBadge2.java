package dev.laurel.credential.check;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.laurel.credential.check.Check.Name;
import dev.laurel.credential.proof.JsonBytes;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks an assertion of Open Badges 2.0: hosted, where what the issuer's site says is the badge, or signed.
 *
 * @see <a href="https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#Verification">Open Badges 2.0,
 *     Verification</a>
 */
final class OpenBadge2 {

    private static final String CONTEXT = "https://w3id.org/openbadges/v2";

    private final Web web;

    private final Findings findings;

    private final Clock clock;

    OpenBadge2(Web web, Findings findings, Clock clock) {
        this.web = web;
        this.findings = findings;
        this.clock = clock;
    }

    static boolean is(JsonObject object) {
        return Look.hasType(object, "Assertion") && object.containsKey("badge");
    }

    /** @param text the same as it was brought */
    BadgeReport hosted(JsonObject brought, String text) {
        JsonObject counts = brought;
        try {
            counts = web.json(id(brought));
            requireSame(brought, counts);
            findings.passed(Name.SIGNATURE);
        } catch (RefusedException e) {
            if (e.reason() == Reason.GONE) {
                findings.failed(Name.STATUS, Reason.REVOKED, null);
            }
            findings.refused(Name.SIGNATURE, e);
        }
        if (counts.get("revoked") == JsonValue.TRUE) {
            findings.failed(Name.STATUS, Reason.REVOKED, Look.text(counts, "revocationReason"));
        } else if (counts != brought) {
            findings.passed(Name.STATUS);
        }
        if (!is(counts)) {
            // An answer that only says that it was taken back.
            counts = brought;
        }
        Parts parts = parts(counts);
        Vouch vouch = parts == null ? null : hostOf(counts, parts);
        return report(Format.OPEN_BADGES_2_HOSTED, counts, parts, vouch, text);
    }

    /** @param text the same as it was brought */
    BadgeReport signed(Jws jws, String text) {
        JsonObject assertion = jws.payload();
        Parts parts = parts(assertion);
        Vouch vouch = parts == null ? null : signer(jws, parts);
        if (parts != null) {
            revocations(assertion, parts);
        }
        return report(Format.OPEN_BADGES_2_SIGNED, assertion, parts, vouch, text);
    }

    /** @param badge the BadgeClass @param issuer its Profile, as the BadgeClass names it */
    private record Parts(JsonObject badge, JsonObject issuer, String issuerId) {}

    private BadgeReport report(
            Format format, JsonObject assertion, @Nullable Parts parts, @Nullable Vouch vouch, String text) {
        form(assertion, parts);
        dates(assertion);
        Statement says = OpenBadge2Statement.of(
                assertion, parts == null ? null : parts.badge(), parts == null ? null : parts.issuer());
        Images.check(says.image(), findings, web);
        return new BadgeReport(
                format, findings.all(), vouch, says, JsonBytes.write(assertion), text.getBytes(StandardCharsets.UTF_8));
    }

    private static URI id(JsonObject assertion) {
        String id = Look.text(assertion, "id");
        if (id == null) {
            throw new RefusedException(Reason.MEMBER_MISSING, "id");
        }
        return Web.address(id);
    }

    /** Whoever brings it could have written anything; only what the issuer's site says counts. */
    private static void requireSame(JsonObject brought, JsonObject hosted) {
        for (String name : List.of("id", "recipient", "issuedOn", "expires")) {
            if (!Objects.equals(brought.get(name), hosted.get(name))) {
                throw new RefusedException(Reason.HOSTED_DIFFERS, name);
            }
        }
        if (!Objects.equals(Look.id(brought, "badge"), Look.id(hosted, "badge"))) {
            throw new RefusedException(Reason.HOSTED_DIFFERS, "badge");
        }
    }

    private @Nullable Parts parts(JsonObject assertion) {
        try {
            JsonObject badge = follow(assertion, "badge");
            JsonObject issuer = follow(badge, "issuer");
            String issuerId = Look.text(issuer, "id");
            if (issuerId == null) {
                throw new RefusedException(Reason.MEMBER_MISSING, "issuer.id");
            }
            Web.address(issuerId);
            return new Parts(badge, issuer, issuerId);
        } catch (RefusedException e) {
            findings.refused(Name.ISSUER, e);
            return null;
        }
    }

    private JsonObject follow(JsonObject from, String name) {
        if (from.get(name) instanceof JsonObject embedded) {
            return embedded;
        }
        String address = Look.text(from, name);
        if (address == null) {
            throw new RefusedException(Reason.MEMBER_MISSING, name);
        }
        return web.json(Web.address(address));
    }

    /** The assertion has to stand where the issuer itself says that its assertions stand; or else at the issuer's own host. */
    private @Nullable Vouch hostOf(JsonObject assertion, Parts parts) {
        try {
            URI at = id(assertion);
            URI issuer = Web.address(parts.issuerId());
            JsonObject profile = web.json(issuer);
            if (!parts.issuerId().equals(Look.text(profile, "id"))) {
                throw new RefusedException(Reason.HOSTED_DIFFERS, "issuer.id");
            }
            requireAllowed(at, issuer, profile);
            findings.passed(Name.ISSUER);
            return new Vouch(Vouch.Kind.HTTPS, issuer.getRawAuthority());
        } catch (RefusedException e) {
            findings.refused(Name.ISSUER, e);
            return null;
        }
    }

    private static void requireAllowed(URI at, URI issuer, JsonObject profile) {
        JsonObject verification = Look.object(profile, "verification");
        List<String> origins = Look.texts(verification, "allowedOrigins");
        List<String> beginnings = Look.texts(verification, "startsWith");
        boolean allowed;
        if (!beginnings.isEmpty()) {
            // The narrower of the two: at a host with several authors the name of the host says little.
            allowed = beginnings.stream()
                    .anyMatch(start -> start.startsWith("https://")
                            && start.indexOf('/', "https://".length()) > 0
                            && at.toString().startsWith(start));
        } else if (!origins.isEmpty()) {
            allowed = origins.stream().anyMatch(origin -> origin.equalsIgnoreCase(at.getRawAuthority()));
        } else {
            allowed = at.getRawAuthority().equalsIgnoreCase(issuer.getRawAuthority());
        }
        if (!allowed) {
            throw new RefusedException(Reason.HOSTED_ELSEWHERE, at.getHost());
        }
    }

    private @Nullable Vouch signer(Jws jws, Parts parts) {
        try {
            jws.algorithm();
        } catch (RefusedException e) {
            findings.refused(Name.SIGNATURE, e);
            return null;
        }
        Vouch vouch = null;
        try {
            URI issuer = Web.address(parts.issuerId());
            JsonObject profile = web.json(issuer);
            JsonObject key = key(jws.payload(), profile);
            if (!parts.issuerId().equals(Look.text(key, "owner"))) {
                throw new RefusedException(Reason.KEY_OF_ANOTHER, Look.text(key, "owner"));
            }
            JWK rsa = rsa(key);
            findings.passed(Name.ISSUER);
            vouch = new Vouch(Vouch.Kind.HTTPS, issuer.getRawAuthority());
            jws.requireSignature(rsa);
            findings.passed(Name.SIGNATURE);
        } catch (RefusedException e) {
            findings.refused(vouch == null ? Name.ISSUER : Name.SIGNATURE, e);
            if (vouch == null) {
                findings.unknown(Name.SIGNATURE, Reason.KEY_UNREADABLE, null);
            }
            return null;
        }
        return vouch;
    }

    /** The key that the assertion names, where the profile names it too; or else the only one that the profile names. */
    private JsonObject key(JsonObject assertion, JsonObject profile) {
        String creator = Look.id(Look.object(assertion, "verification"), "creator");
        List<JsonValue> listed = Look.values(profile, "publicKey");
        for (JsonValue each : listed) {
            JsonObject embedded = each instanceof JsonObject object ? object : null;
            String id = embedded == null
                    ? ((jakarta.json.JsonString) requireText(each)).getString()
                    : Look.text(embedded, "id");
            if (creator == null && listed.size() == 1 || Objects.equals(creator, id)) {
                return embedded == null || !embedded.containsKey("publicKeyPem")
                        ? web.json(Web.address(String.valueOf(id)))
                        : embedded;
            }
        }
        throw new RefusedException(Reason.KEY_NOT_PUBLISHED, creator);
    }

    private static JsonValue requireText(JsonValue value) {
        if (value.getValueType() != JsonValue.ValueType.STRING) {
            throw new RefusedException(Reason.KEY_UNREADABLE);
        }
        return value;
    }

    private static JWK rsa(JsonObject key) {
        String pem = Look.text(key, "publicKeyPem");
        if (pem == null) {
            throw new RefusedException(Reason.KEY_UNREADABLE);
        }
        try {
            byte[] der = Base64.getMimeDecoder()
                    .decode(pem.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "")
                            .strip());
            return new RSAKey.Builder(
                            (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der)))
                    .build();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new RefusedException(Reason.KEY_UNREADABLE);
        }
    }

    private void revocations(JsonObject assertion, Parts parts) {
        try {
            String url = Look.id(web.json(Web.address(parts.issuerId())), "revocationList");
            if (url == null) {
                return;
            }
            JsonObject list = web.json(Web.address(url));
            String id = String.valueOf(Look.text(assertion, "id"));
            boolean revoked = Look.texts(list, "revokedAssertions").contains(id)
                    || Look.objects(list, "revokedAssertions").stream()
                            .anyMatch(each -> id.equals(Look.text(each, "id")));
            if (revoked) {
                findings.failed(Name.STATUS, Reason.REVOKED, null);
            } else {
                findings.passed(Name.STATUS);
            }
        } catch (RefusedException e) {
            findings.refused(Name.STATUS, e);
        }
    }

    private void form(JsonObject assertion, @Nullable Parts parts) {
        if (!Look.texts(assertion, "@context").contains(CONTEXT)) {
            findings.warn(Name.FORM, Reason.CONTEXT_MISSING, CONTEXT);
        }
        for (String name : List.of("id", "issuedOn")) {
            if (Look.text(assertion, name) == null) {
                findings.failed(Name.FORM, Reason.MEMBER_MISSING, name);
            }
        }
        if (parts != null && Look.text(parts.badge(), "name") == null) {
            findings.failed(Name.FORM, Reason.MEMBER_MISSING, "badge.name");
        }
        findings.passed(Name.FORM);
        JsonObject recipient = Look.object(assertion, "recipient");
        if (Look.text(recipient, "identity") == null) {
            findings.failed(Name.SUBJECT, Reason.SUBJECT_MISSING, null);
        } else {
            findings.passed(Name.SUBJECT);
        }
    }

    private void dates(JsonObject assertion) {
        String issued = Look.text(assertion, "issuedOn");
        String expires = Look.text(assertion, "expires");
        Instant now = clock.instant();
        try {
            if (issued != null) {
                Look.time(issued);
            }
            if (expires != null && Look.time(expires).isBefore(now)) {
                findings.failed(Name.DATES, Reason.EXPIRED, expires);
            }
            findings.passed(Name.DATES);
        } catch (RefusedException e) {
            findings.refused(Name.DATES, e);
        }
    }
}
