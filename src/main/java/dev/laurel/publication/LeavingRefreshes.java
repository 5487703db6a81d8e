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
import java.util.Map;
import java.util.stream.Collectors;
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
            write(
                    tenant,
                    awards.find(tenant, page).stream()
                            .filter(award -> award.revokedAt() == null)
                            .toList(),
                    tree);
            page = shares.awardsAfter(tenant, page.get(page.size() - 1), PAGE);
        }
    }

    private void write(TenantId tenant, List<Award> standing, Tree tree) throws IOException {
        Map<Long, Disclosure> chosen =
                disclosures.of(tenant, standing.stream().map(Award::id).toList());
        Map<Long, StoredCredential> shown = badges.shown(
                tenant,
                standing.stream()
                        .map(award -> new Open(tenant, award, chosen.getOrDefault(award.id(), Disclosure.USUAL)))
                        .toList());
        Map<Long, List<Award>> chains = awards.chains(tenant, standing);
        Map<Long, String> addresses = credentials.refreshes(
                tenant,
                chains.values().stream().flatMap(List::stream).map(Award::id).collect(Collectors.toSet()));
        for (Award award : standing) {
            StoredCredential answer = shown.get(award.id());
            if (answer != null) {
                for (Award each : OpenBadges.inPlaceOf(award, chains.getOrDefault(award.id(), List.of()))) {
                    String address = addresses.get(each.id());
                    if (address != null) {
                        tree.add(address, answer.embedded());
                    }
                }
            }
        }
    }
}
