package dev.laurel.credential.leaving;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.credential.status.SignedStatusList;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The issuers of an institution, as its archive needs them. */
public interface LeavingIssuers {

    /** The numbers of all whose badges are real: the institution's own and the courses'. */
    List<Long> all(TenantId tenant);

    /** @throws IllegalStateException where one of its keys cannot be opened */
    IssuerPapers papers(TenantId tenant, long issuerId);

    /** What a badge says of itself, JSON-LD of Open Badges 3.0. */
    byte[] badge(TenantId tenant, AchievementVersion version);

    /** What credentials of today name a badge with: the address of its page. */
    String address(AchievementVersion version);

    /** Signs whatever of the status lists is not signed as it stands. */
    void publishStatusLists(TenantId tenant);

    /**
     * A page that checks badges of these issuers in a browser, without any network.
     *
     * @param issuers their numbers
     * @param lists the status lists that were published, by their public id
     * @param more badges are in the archive that it does not check by itself
     */
    byte[] checkingPage(
            TenantId tenant,
            Collection<Long> issuers,
            Map<UUID, SignedStatusList> lists,
            List<CheckedBadge> badges,
            boolean more,
            Instant made);

    /** Whether it is the DID of an issuer that this institution has here. */
    boolean isAtHome(TenantId tenant, String did);
}
