package dev.laurel.publication;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.leaving.LeavingDocuments;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.OpenBadges.Open;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The last answer of each address at which a badge is asked for anew: the badge as its shared page gave it, also in place of those that it
 * superseded, and nothing of one that its holder does not share. One that she shares until a day only is left out too: nobody ends what
 * a file says.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#refreshservice">Open Badges 3.0, RefreshService</a>
 */
@Component
class LeavingRefreshes implements LeavingDocuments {

    private static final int PAGE = 200;

    private final ShareRepository shares;

    private final Awards awards;

    private final Disclosures disclosures;

    private final OpenBadges badges;

    private final Credentials credentials;

    LeavingRefreshes(
            ShareRepository shares,
            Awards awards,
            Disclosures disclosures,
            OpenBadges badges,
            Credentials credentials) {
        this.shares = shares;
        this.awards = awards;
        this.disclosures = disclosures;
        this.badges = badges;
        this.credentials = credentials;
    }

    @Override
    public void write(TenantId tenant, Tree tree) throws IOException {
        List<Long> page = shares.awardsAfter(tenant, 0, PAGE);
        while (!page.isEmpty()) {
            for (Award award : awards.find(tenant, page)) {
                Optional<StoredCredential> shown = shown(tenant, award);
                if (shown.isPresent()) {
                    for (Award each : badges.inPlaceOf(tenant, award)) {
                        for (UUID id : credentials.idsOf(tenant, each.id())) {
                            tree.add(credentials.refresh(id), shown.get().embedded());
                        }
                    }
                }
            }
            page = shares.awardsAfter(tenant, page.get(page.size() - 1), PAGE);
        }
    }

    private Optional<StoredCredential> shown(TenantId tenant, Award award) {
        return award.revokedAt() == null
                ? badges.shown(new Open(tenant, award, disclosures.of(tenant, award.id())))
                : Optional.empty();
    }
}
