package dev.laurel.publication;

import dev.laurel.award.Award;
import dev.laurel.award.AwardNotFoundException;
import dev.laurel.award.Awards;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.CredentialsSigned;
import dev.laurel.credential.Variant;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What holders let others see of their badges. It holds for the page and for every file that the page offers. */
@Component
public class Disclosures {

    private final DisclosureRepository disclosures;

    private final Awards awards;

    private final Credentials credentials;

    private final Clock clock;

    Disclosures(DisclosureRepository disclosures, Awards awards, Credentials credentials, Clock clock) {
        this.disclosures = disclosures;
        this.awards = awards;
        this.credentials = credentials;
        this.clock = clock;
    }

    public Disclosure of(TenantId tenant, long awardId) {
        return disclosures.find(tenant, awardId).orElse(Disclosure.USUAL);
    }

    /** What was chosen, by award; those of which nothing was are not among them. */
    Map<Long, Disclosure> of(TenantId tenant, Collection<Long> awardIds) {
        return awardIds.isEmpty() ? Map.of() : disclosures.find(tenant, awardIds);
    }

    /** When that was last chosen, by award; those of which nothing was are not among them. */
    public Map<Long, Instant> chosenAt(TenantId tenant, Collection<Long> awardIds) {
        return awardIds.isEmpty() ? Map.of() : disclosures.changedAt(tenant, awardIds);
    }

    /**
     * From now on others see this much. Where the level is kept back, the badge is signed without it in the same
     * transaction; where that fails its page is not found until it can be. Where results are shown, and the badge lets them
     * into the credential, it is signed with them; where work is shown, with the addresses that she handed in.
     *
     * @throws AwardNotFoundException where the award is not this person's, or she was not told of it
     */
    @Transactional
    public void choose(TenantId tenant, long awardId, long personId, Disclosure chosen) {
        Award award = awards.find(tenant, awardId)
                .filter(found -> found.personId() == personId && found.releasedAt() != null)
                .orElseThrow(() -> new AwardNotFoundException(awardId));
        sign(tenant, award, chosen);
        disclosures.put(tenant, awardId, chosen, clock.instant());
    }

    /** What was chosen for it before, as where it says what an earlier one said. */
    @EventListener
    void on(CredentialsSigned signed) {
        Map<Long, Disclosure> chosen = disclosures.find(signed.tenant(), signed.awardIds());
        awards.find(signed.tenant(), chosen.keySet()).stream()
                .filter(award -> award.revokedAt() == null)
                .forEach(award -> sign(signed.tenant(), award, Objects.requireNonNull(chosen.get(award.id()))));
    }

    private void sign(TenantId tenant, Award award, Disclosure chosen) {
        chosen.forms(award).stream()
                .filter(form -> form != Variant.AS_ISSUED)
                .forEach(form -> credentials.sign(tenant, award.id(), form));
    }
}
