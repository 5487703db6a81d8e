package dev.laurel.credential;

import dev.laurel.award.Award;
import dev.laurel.award.AwardNotFoundException;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.Profile;
import dev.laurel.context.address.OwnAddresses;
import dev.laurel.credential.document.LaterForm;
import dev.laurel.credential.document.SigningMaterial;
import dev.laurel.credential.document.SigningMaterial.Ready;
import dev.laurel.credential.document.UnsignedCredential;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.issuer.StaleKeyException;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.signing.CredentialRepository;
import dev.laurel.credential.signing.CredentialSafe;
import dev.laurel.credential.signing.CredentialSafe.Seal;
import dev.laurel.credential.signing.JwtSigning;
import dev.laurel.credential.signing.SupersedingRepository;
import dev.laurel.credential.signing.Variants;
import dev.laurel.credential.status.CredentialStatuses;
import dev.laurel.credential.status.StatusListSigning;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a badge anew because its holder asks for it: with her name or e-mail address in it, without them again, or as they
 * are now; and under the address of today, where Laurel moved since. The new credential has an id and a place in the status list of its own; the old one leaves (docs/decisions/015).
 */
@Component
public class Reissues {

    /** Each one takes a place in a list that is never dealt again. */
    public static final int MOST_A_DAY = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Reissues.class);

    private final Awards awards;

    private final Contexts contexts;

    private final OwnAddresses ownAddresses;

    private final CredentialRepository credentials;

    private final SupersedingRepository superseding;

    private final CredentialStatuses statuses;

    private final SigningMaterial material;

    private final StatusListSigning lists;

    private final EddsaRdfc2022 suite;

    private final JwtSigning jwts;

    private final Variants variants;

    private final HolderCredentials holders;

    private final CredentialSafe safe;

    private final CredentialAddresses addresses;

    private final TransactionTemplate transaction;

    private final Clock clock;

    Reissues(
            Awards awards,
            Contexts contexts,
            OwnAddresses ownAddresses,
            CredentialRepository credentials,
            SupersedingRepository superseding,
            CredentialStatuses statuses,
            SigningMaterial material,
            StatusListSigning lists,
            EddsaRdfc2022 suite,
            JwtSigning jwts,
            Variants variants,
            HolderCredentials holders,
            CredentialSafe safe,
            CredentialAddresses addresses,
            TransactionTemplate transaction,
            Clock clock) {
        this.awards = awards;
        this.contexts = contexts;
        this.ownAddresses = ownAddresses;
        this.credentials = credentials;
        this.superseding = superseding;
        this.statuses = statuses;
        this.material = material;
        this.lists = lists;
        this.suite = suite;
        this.jwts = jwts;
        this.variants = variants;
        this.holders = holders;
        this.safe = safe;
        this.addresses = addresses;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What became of a wish. */
    public enum Answer {
        DONE,
        /** It says this already. */
        SAME,
        /** {@value #MOST_A_DAY} times within a day. */
        TOO_OFTEN,
        /** It is not signed yet, or cannot be at the moment; nothing was changed. */
        NOT_NOW
    }

    /** What the credential of an award says of its holder now. */
    public Named now(TenantId tenant, long awardId) {
        return safe.seal(tenant, awardId).named();
    }

    /**
     * The host of before Laurel moved that its credential names, which one made anew would not; empty where it names that of
     * today.
     */
    public Optional<String> formerHost(TenantId tenant, long awardId) {
        return variants.find(tenant, awardId, Variant.AS_ISSUED)
                .map(stored -> JsonBytes.parse(stored.embedded())
                        .getJsonObject("issuer")
                        .getString("id"))
                .flatMap(addresses::naming)
                .map(CredentialAddresses::publicUrl)
                .filter(url -> !url.equals(addresses.publicUrl()))
                .map(url -> url.value().getRawAuthority());
    }

    /** What it could say of this person, as the LMS last told it; where that tells no address, one that she confirmed herself. */
    public Named possible(TenantId tenant, long personId) {
        Profile profile = contexts.profiles(tenant, List.of(personId)).get(personId);
        Named told = profile == null ? Named.NOTHING : Named.of(profile);
        return ownAddresses
                .of(tenant, personId)
                .map(own -> told.orEmail(own.address().value()))
                .orElse(told);
    }

    /**
     * Makes it anew. Its bytes are replaced in one transaction with its status: nobody finds two in force, or none.
     *
     * @throws AwardNotFoundException where the award is not this person's, not accepted, or taken back
     */
    public Answer reissue(TenantId tenant, long awardId, long personId, boolean withName, boolean withEmail) {
        Award award = awards.find(tenant, awardId)
                .filter(found -> found.personId() == personId && found.claimedAt() != null && found.revokedAt() == null)
                .orElseThrow(() -> new AwardNotFoundException(awardId));
        Named wanted = possible(tenant, personId).only(withName, withEmail);
        try {
            return Objects.requireNonNull(transaction.execute(status -> reissue(tenant, award, wanted)));
        } catch (BadCredentialException | StaleKeyException e) {
            LOG.warn(
                    "Credential of award {} not made anew, reference {}: {}",
                    awardId,
                    award.reference(),
                    e.getMessage());
            return Answer.NOT_NOW;
        }
    }

    /**
     * Makes it anew as it is, because the key of the one before is not believed any more.
     *
     * @return {@code false} where it cannot be signed at the moment; nothing was changed
     */
    boolean underNewKey(TenantId tenant, Award award) {
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> {
                Optional<Integer> issue = superseding.lockIssue(tenant, award.id());
                issue.ifPresent(number -> anew(tenant, award, number, now(tenant, award.id()), instant()));
                return issue.isPresent();
            }));
        } catch (BadCredentialException | StaleKeyException e) {
            LOG.warn(
                    "Credential of award {} not signed with another key, reference {}: {}",
                    award.id(),
                    award.reference(),
                    e.getMessage());
            return false;
        }
    }

    private Answer reissue(TenantId tenant, Award award, Named wanted) {
        Optional<Integer> issue = superseding.lockIssue(tenant, award.id());
        if (issue.isEmpty()) {
            return Answer.NOT_NOW;
        }
        if (now(tenant, award.id()).equals(wanted)
                && formerHost(tenant, award.id()).isEmpty()) {
            return Answer.SAME;
        }
        Instant now = instant();
        if (superseding.countSince(tenant, award.id(), now.minus(Duration.ofDays(1))) >= MOST_A_DAY) {
            return Answer.TOO_OFTEN;
        }
        anew(tenant, award, issue.get(), wanted, now);
        return Answer.DONE;
    }

    private Instant instant() {
        return clock.instant();
    }

    /** The one of now leaves, and the next one takes its place. Its issue is locked. */
    private void anew(TenantId tenant, Award award, int issue, Named wanted, Instant now) {
        Seal seal = safe.seal(tenant, award.personId(), wanted);
        byte[] before = variants.find(tenant, award.id(), Variant.AS_ISSUED)
                .map(StoredCredential::embedded)
                .orElse(null);
        statuses.supersede(tenant, award, issue);
        superseding.supersede(
                tenant,
                award.id(),
                issue,
                UUID.randomUUID(),
                seal.person(),
                seal.person() == null ? null : seal.close(wanted.toBytes()),
                now);
        sign(tenant, award, before, seal, now);
        superseding.clearVariants(tenant, award.id()).forEach(variant -> variants.sign(tenant, award.id(), variant));
        holders.signAgain(tenant, award);
    }

    private void sign(TenantId tenant, Award award, byte @Nullable [] before, Seal seal, Instant now) {
        UnsignedCredential row = credentials.row(tenant, award.id()).orElseThrow();
        Ready ready = material.load(tenant, List.of(award.id())).ready(row, seal.named());
        // With the place of the old one set, and with that of the new one in a list that is there.
        lists.publish(tenant);
        JsonObject form = LaterForm.of(before, ready.credential().toJson(), this::isOneIssuer);
        byte[] embedded = JsonBytes.write(suite.sign(form, ready.signer(), now));
        byte[] jwt = jwts.sign(tenant, JsonBytes.parse(embedded))
                .orElseThrow(() -> new BadCredentialException("The issuer's key cannot be opened"));
        superseding.store(tenant, award.id(), seal.close(embedded), seal.close(jwt), now);
    }

    /** Also under the addresses of before and after a move. */
    private boolean isOneIssuer(String did, String other) {
        return did.equals(other)
                || addresses.issuerOf(did).isPresent()
                        && addresses.issuerOf(did).equals(addresses.issuerOf(other));
    }
}
