package dev.laurel.credential.check;

import dev.laurel.credential.check.Check.Name;
import dev.laurel.credential.proof.Canonicalizer;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.PinnedContexts;
import dev.laurel.platform.http.OutboundHttp;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Checks any Open Badge, ours or anybody's: Open Badges 3.0 (bodies of Verifiable Credentials 2.0 and 1.1; {@code eddsa-rdfc-2022},
 * {@code Ed25519Signature2020}, VC-JWT with RS256 or ES256), endorsements of it, Comprehensive Learner Records 2.0 (as VC-JWT) with
 * the badges in them, and Open Badges 2.0 (hosted and signed); as JSON, as compact JWS, inside a PNG or SVG, or as the https
 * address of one of these.
 *
 * <p>Whatever is brought ends in a report; nothing is thrown, stored or logged. What it guarantees:
 *
 * <ul>
 *   <li>{@link BadgeReport.Verdict#VALID}: unchanged since somebody signed it (or, hosted, as its issuer's site has it now), with a
 *       key or at a host that the named issuer's own address acknowledges, in force now, neither revoked nor suspended, with all
 *       that the specification requires. Every word of {@link BadgeReport#says} is covered by the signature.
 *   <li>{@code UNCERTAIN}: nothing was wrong, but something could not be found out, as where the issuer's site did not answer.
 *   <li>Who the issuer is, is another question: {@link BadgeReport#vouch} names the host that vouches. A {@code did:key} is valid and
 *       nobody vouches for it, so whoever decides by issuer compares {@code says().issuer()} with one that was agreed on before.
 *   <li>Who holds it, is another question too: {@link Statement.Identity#isOf} and {@code says().subject()} say whom it was given to.
 * </ul>
 *
 * <p>Only what the pinned vocabularies define is read; only public https addresses are asked, each once in a call, at most 60 and
 * two more for each badge, for about half a minute, and up to a minute for {@link #MOST} badges. Never call it inside a database
 * transaction.
 */
@Component
public class BadgeVerifier {

    /** How many badges are checked in one call. */
    public static final int MOST = 200;

    private final OpenBadge3 third;

    private final IntFunction<Web> webs;

    private final Clock clock;

    @Autowired
    BadgeVerifier(OutboundHttp http, OwnBadges own, List<OwnDocuments> documents, Clock clock) {
        this(badges -> new BoundedWeb(http, documents, clock, badges), own, clock);
    }

    /** @param webs what to ask with, by how many badges are checked */
    BadgeVerifier(IntFunction<Web> webs, OwnBadges own, Clock clock) {
        PinnedContexts contexts = PinnedContexts.ofOthers();
        Proofs proofs = new Proofs(new EddsaRdfc2022(new Canonicalizer(contexts)), clock);
        this.third = new OpenBadge3(proofs, new Contexts3(contexts), own, clock);
        this.webs = webs;
        this.clock = clock;
    }

    /** @param brought a picture, JSON, a compact JWS or an address */
    public BadgeReport verify(byte[] brought) {
        return verify(brought, webs.apply(1));
    }

    /**
     * Several at once: each address is asked once for all of them.
     *
     * @throws IllegalArgumentException where there are more than {@link #MOST}
     */
    public List<BadgeReport> verifyAll(List<byte[]> brought) {
        if (brought.size() > MOST) {
            throw new IllegalArgumentException("More than " + MOST);
        }
        Web web = webs.apply(brought.size());
        return brought.stream().map(each -> verify(each, web)).toList();
    }

    private BadgeReport verify(byte[] brought, Web web) {
        Findings findings = new Findings();
        try {
            web.requireTime();
            return read(text(brought, web), findings, web);
        } catch (RefusedException e) {
            findings.refused(Name.READABLE, e);
            return new BadgeReport(Format.UNKNOWN, findings.all(), null, null, null, null);
        }
    }

    private static String text(byte[] brought, Web web) {
        String text = BadgeReader.text(brought);
        return isAddress(text) ? BadgeReader.text(web.get(Web.address(text))) : text;
    }

    private static boolean isAddress(String text) {
        return text.regionMatches(true, 0, "https://", 0, 8) || text.regionMatches(true, 0, "http://", 0, 7);
    }

    private BadgeReport read(String text, Findings findings, Web web) {
        if (!BadgeReader.isJws(text) && !text.startsWith("{")) {
            throw new RefusedException(Reason.NOT_A_BADGE);
        }
        Jws jws = BadgeReader.isJws(text) ? Jws.parse(text) : null;
        JsonObject json = jws == null ? BadgeReader.object(text.getBytes(StandardCharsets.UTF_8)) : jws.payload();
        if (OpenBadge2.is(json)) {
            findings.passed(Name.READABLE);
            return second(json, jws, text, findings, web);
        }
        JsonObject credential = jws == null ? json : CredentialJwt.credential(json);
        if (!OpenBadge3.is(credential)) {
            throw new RefusedException(Reason.NOT_A_BADGE);
        }
        findings.passed(Name.READABLE);
        return third.check(credential, jws, text, findings, web);
    }

    private BadgeReport second(JsonObject assertion, @Nullable Jws jws, String text, Findings findings, Web web) {
        OpenBadge2 second = new OpenBadge2(web, findings, clock);
        return jws == null ? second.hosted(assertion, text) : second.signed(jws, text);
    }
}
