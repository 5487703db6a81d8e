package dev.laurel.credential.endorsement;

import dev.laurel.credential.check.BadgeReport;
import dev.laurel.credential.check.BadgeReport.Verdict;
import dev.laurel.credential.check.BadgeVerifier;
import dev.laurel.credential.check.Format;
import dev.laurel.credential.check.Statement;
import dev.laurel.credential.check.Vouch;
import dev.laurel.credential.endorsement.Endorsement.State;
import dev.laurel.credential.endorsement.EndorsementRefusedException.Reason;
import dev.laurel.credential.endorsement.EndorsementRepository.Brought;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * What other organisations say of the institution's badges and issuers. It is checked when it is brought and once a day
 * while it is shown, and hidden until the institution's administrator agrees.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential">Open Badges 3.0, EndorsementCredential</a>
 */
@Component
public class Endorsements {

    private static final int LARGEST = 200_000;

    /** What databases call a date. */
    private static final Instant LAST_DATE = Instant.parse("9999-12-31T00:00:00Z");

    private static final int AT_ONCE = 20;

    private static final Duration LOOKED_AT = Duration.ofDays(1);

    private final BadgeVerifier verifier;

    private final EndorsementRepository repository;

    private final Speakers speakers;

    private final InsideBadges inside;

    private final Clock clock;

    Endorsements(
            BadgeVerifier verifier,
            EndorsementRepository repository,
            Speakers speakers,
            InsideBadges inside,
            Clock clock) {
        this.verifier = verifier;
        this.repository = repository;
        this.speakers = speakers;
        this.inside = inside;
        this.clock = clock;
    }

    /**
     * Keeps an endorsement until somebody decided. The same one again changes nothing, unless it had ended and holds again.
     * Outside any transaction: its issuer is asked.
     *
     * @param brought JSON, a JWT, a picture with one of them inside, or an https address
     * @throws EndorsementRefusedException where it is not one that holds and is about this institution
     */
    public Endorsement bring(TenantId tenant, long byPerson, byte[] brought) {
        if (brought.length > LARGEST) {
            throw new EndorsementRefusedException(Reason.TOO_LARGE, null);
        }
        BadgeReport report = verifier.verify(brought);
        Statement says = report.says();
        byte[] credential = report.credential();
        String issuer = says == null ? null : says.issuer();
        if (says == null || credential == null || !says.endorsement() || issuer == null) {
            throw new EndorsementRefusedException(Reason.NOT_AN_ENDORSEMENT, null);
        }
        String subject = says.subject() == null ? "" : says.subject();
        String remark = says.description();
        Vouch vouch = report.vouch();
        if (speakers.nameOf(tenant, subject).isEmpty()) {
            throw new EndorsementRefusedException(Reason.ANOTHER_SUBJECT, Varchar.fit(subject, 200));
        }
        if (speakers.nameOf(tenant, issuer).isPresent()) {
            throw new EndorsementRefusedException(Reason.OWN, null);
        }
        requireValid(report);
        Instant now = clock.instant();
        byte[] hash = Sha256.of(credential);
        Endorsement endorsement = new Endorsement(
                0,
                subject,
                Varchar.fit(issuer, 500),
                Varchar.fit(says.issuerName() == null ? issuer : says.issuerName(), 300),
                vouch == null ? null : Varchar.fit(vouch.host(), 300),
                remark == null ? null : Varchar.fit(remark, 2_000),
                says.until() == null || says.until().isAfter(LAST_DATE) ? null : says.until(),
                report.format() == Format.OPEN_BADGES_3 && fits(credential),
                State.PENDING,
                now,
                null);
        byte[] document = report.document();
        repository.add(
                tenant, new Brought(endorsement, document == null ? brought : document, credential, hash, byPerson));
        return repository.byHash(tenant, hash).orElseThrow();
    }

    private static void requireValid(BadgeReport report) {
        Verdict verdict = report.verdict();
        if (verdict != Verdict.VALID) {
            throw new EndorsementRefusedException(
                    verdict == Verdict.INVALID ? Reason.INVALID : Reason.UNCERTAIN, report.decisiveCheck());
        }
    }

    private boolean fits(byte[] credential) {
        return inside.take(JsonBytes.parseUnkept(credential, credential.length), credential.length);
    }

    /** What waits first, then the newest. */
    public List<Endorsement> all(TenantId tenant, int offset, int limit) {
        return repository.all(tenant, offset, limit);
    }

    /** Of all states. */
    public int count(TenantId tenant) {
        return repository.count(tenant);
    }

    /** @return {@code false} where there is none, or it does not hold any more */
    public boolean decide(TenantId tenant, long id, boolean approved, long byPerson) {
        return repository.decide(tenant, id, approved ? State.APPROVED : State.REFUSED, byPerson, clock.instant());
    }

    /** Looks again at what is shown and was not looked at for a day. What could not be found out stays. */
    void lookAgain(TenantId tenant) {
        Instant before = clock.instant().minus(LOOKED_AT);
        for (EndorsementRepository.Due due : repository.due(tenant, before, AT_ONCE)) {
            BadgeReport report = verifier.verify(due.brought());
            byte[] credential = report.credential();
            // Earlier versions kept an address where one was brought, and that may answer something else by now.
            boolean holds = report.verdict() != Verdict.INVALID
                    && (credential == null || Arrays.equals(due.hash(), Sha256.of(credential)));
            boolean fits = credential == null || fits(credential);
            repository.checked(tenant, due.id(), !holds, fits, clock.instant());
        }
    }

    List<TenantId> tenantsWithDue() {
        return repository.tenantsWithDue(clock.instant().minus(LOOKED_AT));
    }
}
