package dev.laurel.publication.wallet;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.PersonErased;
import dev.laurel.platform.road.Fleeting;
import dev.laurel.platform.secrets.Token;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.wallet.WalletOfferRepository.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Offers of badges to wallets: each for minutes and for one wallet, and only so many of them. */
@Component
class WalletOffers implements Fleeting {

    static final Duration GOOD_FOR = Duration.ofMinutes(10);

    static final Duration TOKEN_GOOD_FOR = Duration.ofMinutes(5);

    static final int WRONG_CODES = 5;

    static final int IN_AN_HOUR = 20;

    private static final Duration KEPT_FOR = Duration.ofDays(1);

    private final WalletOfferRepository offers;

    private final WalletSecrets secrets;

    private final Awards awards;

    private final Clock clock;

    WalletOffers(WalletOfferRepository offers, WalletSecrets secrets, Awards awards, Clock clock) {
        this.offers = offers;
        this.secrets = secrets;
        this.awards = awards;
        this.clock = clock;
    }

    /**
     * Makes an offer; an earlier one of the same badge ends.
     *
     * @return whether there was room for one more in this hour
     */
    @Transactional
    boolean make(TenantId tenant, Award award, UUID issuer, boolean asksCode) {
        Instant now = clock.instant();
        if (offers.madeSince(tenant, award.personId(), now.minus(Duration.ofHours(1))) >= IN_AN_HOUR) {
            return false;
        }
        offers.end(tenant, award.id(), award.personId(), now);
        String secret = Token.next();
        Secrets hidden = new Secrets(
                WalletSecrets.hash(secret),
                secrets.seal(secret),
                WalletSecrets.hash(secrets.preAuthorizedCode(secret)));
        offers.add(tenant, award.id(), award.personId(), issuer, hidden, asksCode, now, now.plus(GOOD_FOR));
        return true;
    }

    @Override
    public void forgetOld() {
        offers.forgetBefore(clock.instant().minus(KEPT_FOR));
    }

    void end(TenantId tenant, Award award) {
        offers.end(tenant, award.id(), award.personId(), clock.instant());
    }

    Optional<WalletOffer> newest(TenantId tenant, Award award) {
        return offers.newest(tenant, award.id(), award.personId());
    }

    boolean isOpen(WalletOffer offer) {
        return offer.isOpen(clock.instant());
    }

    /** The offer at this address of this issuer, while a wallet can begin with it. */
    Optional<WalletOffer> open(UUID issuer, String secret) {
        return offers.bySecret(WalletSecrets.hash(secret))
                .filter(offer -> offer.issuer().equals(issuer) && isOpen(offer));
    }

    /**
     * Changes a pre-authorised code for an access token, once.
     *
     * @throws WalletException as OpenID4VCI 1.0, 6.3 has it
     */
    String redeem(UUID issuer, String code, @Nullable String transactionCode) {
        WalletOffer offer = offers.byCode(WalletSecrets.hash(code))
                .filter(found -> found.issuer().equals(issuer) && isOpen(found))
                .orElseThrow(() -> WalletException.badRequest("invalid_grant", "no such code, or not any more"));
        requireCode(offer, transactionCode);
        String token = Token.next();
        Instant now = clock.instant();
        if (!offers.use(offer, WalletSecrets.hash(token), now.plus(TOKEN_GOOD_FOR), now)) {
            throw WalletException.badRequest("invalid_grant", "the code was used");
        }
        return token;
    }

    private void requireCode(WalletOffer offer, @Nullable String transactionCode) {
        if (offer.asksCode() == (transactionCode == null)) {
            throw WalletException.badRequest(
                    "invalid_request", offer.asksCode() ? "a tx_code is needed" : "no tx_code is expected");
        }
        if (transactionCode == null) {
            return;
        }
        if (!offers.countTry(offer, WRONG_CODES)) {
            throw WalletException.badRequest("invalid_grant", "no such code, or not any more");
        }
        byte[] right =
                secrets.transactionCode(secrets.open(offer.sealedSecret())).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(right, transactionCode.getBytes(StandardCharsets.UTF_8))) {
            offers.endAfter(offer, WRONG_CODES, clock.instant());
            throw WalletException.badRequest("invalid_grant", "the tx_code is wrong");
        }
    }

    /**
     * What an access token is for.
     *
     * @throws WalletException 401
     */
    WalletOffer authorized(UUID issuer, String token) {
        Instant now = clock.instant();
        return offers.byToken(WalletSecrets.hash(token))
                .filter(offer -> offer.issuer().equals(issuer)
                        && offer.tokenEndsAt() != null
                        && offer.tokenEndsAt().isAfter(now))
                .orElseThrow(() -> new WalletException(
                        HttpStatus.UNAUTHORIZED, "invalid_token", "no such token, or not any more"));
    }

    /** The offer at this address, also where a wallet that may go on came with it. Not one that asks for digits. */
    Optional<WalletOffer> begun(UUID issuer, String secret) {
        Instant now = clock.instant();
        return offers.bySecret(WalletSecrets.hash(secret))
                .filter(offer -> offer.issuer().equals(issuer) && !offer.asksCode())
                .filter(offer -> offer.isOpen(now)
                        || offer.tokenEndsAt() != null && offer.tokenEndsAt().isAfter(now));
    }

    /** Uses it for the holder of this DID; whether that is she for whom it was used, or now is. */
    boolean useFor(WalletOffer offer, String did) {
        Instant now = clock.instant();
        byte[] hash = WalletSecrets.hash(did);
        // A token that nobody gets: it only says until when the wallet can ask again.
        return offers.use(offer, WalletSecrets.hash(Token.next()), now.plus(TOKEN_GOOD_FOR), now)
                ? offers.bind(offer, hash)
                : offers.isBound(offer, hash);
    }

    /** Whether it is for the holder of this DID; the first one who asks is. */
    boolean bind(WalletOffer offer, String did) {
        return offers.bind(offer, WalletSecrets.hash(did));
    }

    /** The badge, as long as it stands. */
    Optional<Award> standing(WalletOffer offer) {
        return awards.find(offer.tenant(), offer.awardId())
                .filter(award -> award.personId() == offer.personId() && isStanding(award));
    }

    /** Whether a wallet can have it: it was accepted, and counts. */
    boolean isStanding(Award award) {
        return award.isValid() && award.claimedAt() != null && !award.isOver(clock.instant());
    }

    void taken(WalletOffer offer) {
        offers.taken(offer, clock.instant());
    }

    @EventListener
    void on(PersonErased erased) {
        offers.forget(erased.tenant(), erased.personId());
    }
}
