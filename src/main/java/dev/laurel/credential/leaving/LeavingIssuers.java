package dev.laurel.credential.leaving;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/** The issuers of an institution, as its archive needs them. */
public interface LeavingIssuers {

    /** The numbers of all whose badges are real: the institution's own and the courses'. */
    List<Long> all(TenantId tenant);

    /** @throws IllegalStateException where one of its keys cannot be opened */
    IssuerPapers papers(TenantId tenant, long issuerId);

    /** What a badge says of itself, JSON-LD of Open Badges 3.0. */
    byte[] badge(TenantId tenant, AchievementVersion version);

    /** Signs whatever of the status lists is not signed as it stands. */
    void publishStatusLists(TenantId tenant);

    /** Whether it is the DID of an issuer that this institution has here. */
    boolean isAtHome(TenantId tenant, String did);
}
