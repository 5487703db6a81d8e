package dev.laurel.credential.check;

import com.nimbusds.jose.jwk.JWK;
import dev.laurel.credential.check.Check.Name;
import dev.laurel.credential.check.OwnBadges.Judged;
import dev.laurel.credential.proof.JsonBytes;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks an achievement or endorsement credential of Open Badges 3.0, with a body of Verifiable Credentials 2.0 or 1.1; or a
 * Comprehensive Learner Record 2.0, and then each badge in it as well.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#verification">Open Badges 3.0, 8. Verification and Validation</a>
 */
final class OpenBadge3 {

    private static final Duration LEEWAY = Duration.ofMinutes(1);

    /** What can be wrong with a genuine one. */
    private static final Set<Name> OF_THE_DAY = EnumSet.of(Name.DATES, Name.STATUS);

    private final Proofs proofs;

    private final Contexts3 contexts;

    private final OwnBadges own;

    private final Clock clock;

    OpenBadge3(Proofs proofs, Contexts3 contexts, OwnBadges own, Clock clock) {
        this.proofs = proofs;
        this.contexts = contexts;
        this.own = own;
        this.clock = clock;
    }

    static boolean isRecord(JsonObject credential) {
        return Look.hasType(credential, "ClrCredential");
    }

    static boolean is(JsonObject credential) {
        return Look.hasType(credential, "VerifiableCredential");
    }

    static @Nullable String from(JsonObject credential) {
        String from = Look.text(credential, "validFrom");
        return from == null ? Look.text(credential, "issuanceDate") : from;
    }

    static @Nullable String until(JsonObject credential) {
        String until = Look.text(credential, "validUntil");
        return until == null ? Look.text(credential, "expirationDate") : until;
    }

    /** @param text JSON or a compact JWS, as it was brought */
    BadgeReport check(JsonObject credential, @Nullable Jws jws, String text, Findings findings, Web web) {
        Statement says = OpenBadge3Statement.of(credential);
        Form3.check(credential, findings);
        String issuer = Look.id(credential, "issuer");
        Optional<Judged> judged =
                issuer == null ? Optional.empty() : own.check(issuer, text.getBytes(StandardCharsets.UTF_8));
        // Under words of its own a document can be signed and still say something else to whoever reads it.
        boolean readable = judged.filter(Judged::isWrittenLikeOurs).isPresent()
                || contexts.check(credential, jws == null, findings);
        if (jws != null) {
            CredentialJwt.check(jws, credential, findings);
        }
        Vouch vouch;
        if (judged.isPresent()) {
            vouch = own(judged.get(), credential, jws, findings);
        } else {
            vouch = issuer == null || !readable ? null : signature(credential, jws, issuer, findings, web);
            dates(credential, findings);
            if (issuer != null) {
                new StatusLookup(web, proofs, clock.instant()).check(credential, issuer, findings);
            }
            Images.check(says.image(), findings, web);
        }
        if (isRecord(credential)) {
            badges(credential, findings, web);
        }
        return new BadgeReport(
                format(credential, jws != null),
                findings.all(),
                vouch,
                says,
                JsonBytes.write(credential),
                text.getBytes(StandardCharsets.UTF_8));
    }

    private static Format format(JsonObject credential, boolean jwt) {
        if (isRecord(credential)) {
            return jwt ? Format.LEARNER_RECORD_2_JWT : Format.LEARNER_RECORD_2;
        }
        return jwt ? Format.OPEN_BADGES_3_JWT : Format.OPEN_BADGES_3;
    }

    private void badges(JsonObject record, Findings findings, Web web) {
        List<JsonObject> all = Look.objects(Look.object(record, "credentialSubject"), Form3.BADGES);
        if (all.size() > BadgeVerifier.MOST) {
            findings.unknown(Name.BADGES, Reason.TOO_MANY_PARTS, null);
            return;
        }
        for (JsonObject badge : all) {
            String name = OpenBadge3Statement.of(badge).name();
            if (!is(badge) || isRecord(badge)) {
                findings.failed(Name.BADGES, Reason.NOT_A_BADGE, name);
                continue;
            }
            byte[] bytes = JsonBytes.write(badge);
            try {
                web.requireTime();
                BadgeReader.requireBadge(bytes);
            } catch (RefusedException e) {
                findings.unknown(Name.BADGES, e.reason(), name);
                continue;
            }
            BadgeReport report = check(badge, null, new String(bytes, StandardCharsets.UTF_8), new Findings(), web);
            report.checks().forEach(check -> badge(check, name, findings));
            if (!report.isAuthentic()) {
                findings.unknown(Name.BADGES, Reason.PROOF_MISSING, name);
            }
        }
        findings.passed(Name.BADGES);
    }

    /** A record tells what was earned, so a badge that has ended may be in it; one that was taken back may not. */
    private static void badge(Check check, @Nullable String badge, Findings findings) {
        Reason reason = check.reason();
        if (reason == null) {
            return;
        }
        Check.Result result = check.result();
        if (reason == Reason.EXPIRED) {
            result = Check.Result.WARNING;
        }
        findings.add(Name.BADGES, result, reason, badge);
    }

    /** By the keys and lists at hand. What is wrong by anybody's measure is named as of anybody's, and not once more. */
    private @Nullable Vouch own(Judged judged, JsonObject credential, @Nullable Jws jws, Findings findings) {
        try {
            if (jws != null) {
                jws.algorithm();
            }
        } catch (RefusedException e) {
            findings.failed(Name.SIGNATURE, e.reason(), e.detail());
        }
        boolean named = findings.hasFailed();
        dates(credential, findings);
        judged.checks().stream()
                .filter(check -> check.reason() == null || !named || OF_THE_DAY.contains(check.name()))
                .forEach(findings::stricter);
        return isOwn(findings) ? new Vouch(Vouch.Kind.THIS_SITE, judged.host()) : null;
    }

    private static boolean isOwn(Findings findings) {
        return Stream.of(Name.ISSUER, Name.SIGNATURE)
                .allMatch(name -> findings.all().stream()
                        .anyMatch(check -> check.name() == name && check.result() == Check.Result.PASSED));
    }

    /** Signature and issuer; the host that vouches for the key, where the signature is right. */
    private @Nullable Vouch signature(
            JsonObject credential, @Nullable Jws jws, String issuer, Findings findings, Web web) {
        KeyLookup keys = new KeyLookup(web, issuer);
        try {
            List<JsonObject> embedded = jws == null ? proofs.of(credential) : List.of();
            if (jws != null) {
                jws.algorithm();
            }
            FoundKey key = jws == null ? keys.find(Proofs.method(embedded.get(0))) : Proofs.key(jws, keys);
            judge(key, findings);
            if (jws != null) {
                jws.requireSignature(key.key());
            } else {
                requireSignatures(credential, embedded, key.key(), keys, findings);
            }
            findings.passed(Name.SIGNATURE);
            return key.vouch();
        } catch (RefusedException e) {
            findings.refused(isAboutKey(e) ? Name.ISSUER : Name.SIGNATURE, e);
            if (isAboutKey(e)) {
                findings.unknown(Name.SIGNATURE, Reason.KEY_UNREADABLE, null);
            }
            return null;
        }
    }

    private void requireSignatures(
            JsonObject credential, List<JsonObject> embedded, JWK first, KeyLookup keys, Findings findings) {
        for (JsonObject proof : embedded) {
            JWK key = first;
            if (proof != embedded.get(0)) {
                FoundKey other = keys.find(Proofs.method(proof));
                judge(other, findings);
                key = other.key();
            }
            proofs.requireSignature(credential, proof, key);
        }
    }

    private static void judge(FoundKey key, Findings findings) {
        RefusedException doubt = key.doubt();
        if (doubt == null) {
            findings.passed(Name.ISSUER);
        } else if (doubt.reason() == Reason.KEY_NOT_PUBLISHED) {
            findings.unknown(Name.ISSUER, doubt.reason(), doubt.detail());
        } else {
            findings.refused(Name.ISSUER, doubt);
        }
    }

    private static boolean isAboutKey(RefusedException e) {
        return switch (e.reason()) {
            case SIGNATURE_WRONG,
                    WORD_UNDEFINED,
                    ALGORITHM_NONE,
                    ALGORITHM_UNKNOWN,
                    PROOF_MISSING,
                    PROOF_UNKNOWN,
                    PROOF_PURPOSE,
                    PROOF_EXPIRED -> false;
            default -> true;
        };
    }

    /** A list of two dates is no date, though a signature covers it like one. */
    private static void requireReadable(JsonObject credential) {
        for (String name : List.of("validFrom", "validUntil", "issuanceDate", "expirationDate")) {
            if (credential.containsKey(name) && Look.text(credential, name) == null) {
                throw new RefusedException(Reason.DATE_UNREADABLE, name);
            }
        }
    }

    private void dates(JsonObject credential, Findings findings) {
        Instant now = clock.instant();
        String from = from(credential);
        String until = until(credential);
        try {
            requireReadable(credential);
            if (from != null && Look.time(from).isAfter(now.plus(LEEWAY))) {
                findings.failed(Name.DATES, Reason.NOT_YET_VALID, from);
            }
            if (until != null && Look.time(until).isBefore(now)) {
                findings.failed(Name.DATES, Reason.EXPIRED, until);
            }
            findings.passed(Name.DATES);
        } catch (RefusedException e) {
            findings.refused(Name.DATES, e);
        }
    }
}
