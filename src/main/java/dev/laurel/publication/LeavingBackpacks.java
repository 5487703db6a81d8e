package dev.laurel.publication;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.OpenBadges2;
import dev.laurel.credential.leaving.LeavingDocuments;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.Backpacks.Hosted;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Badges that stand in backpacks are what stands at their addresses: without a file there each of them ends with the installation. Of
 * what was taken back the file says so; what is only suspended has none.
 */
@Component
class LeavingBackpacks implements LeavingDocuments {

    private static final int PAGE = 200;

    private final BackpackRepository assertions;

    private final Backpacks backpacks;

    private final Awards awards;

    private final Achievements achievements;

    private final Issuers issuers;

    private final OpenBadges2 format;

    LeavingBackpacks(
            BackpackRepository assertions,
            Backpacks backpacks,
            Awards awards,
            Achievements achievements,
            Issuers issuers,
            OpenBadges2 format) {
        this.assertions = assertions;
        this.backpacks = backpacks;
        this.awards = awards;
        this.achievements = achievements;
        this.issuers = issuers;
        this.format = format;
    }

    @Override
    public void write(TenantId tenant, Tree tree) throws IOException {
        for (OpenBadges2 each : format.allHosts()) {
            write(tenant, each, tree);
        }
    }

    private void write(TenantId tenant, OpenBadges2 format, Tree tree) throws IOException {
        Set<AchievementVersion.Key> badges = new LinkedHashSet<>();
        List<Long> page = assertions.awardsAfter(tenant, 0, PAGE);
        while (!page.isEmpty()) {
            for (Award award : awards.find(tenant, page)) {
                Optional<Hosted> hosted = backpacks.of(tenant, award.id(), format);
                if (hosted.isPresent()) {
                    tree.add(hosted.get().url(), hosted.get().json());
                    badges.add(award.badge());
                }
            }
            page = assertions.awardsAfter(tenant, page.get(page.size() - 1), PAGE);
        }
        Set<Long> speakers = new LinkedHashSet<>();
        for (AchievementVersion version : achievements.versions(tenant, badges).values()) {
            Issuer issuer = issuers.find(tenant, version.issuerId()).orElseThrow();
            tree.add(format.badgeUrl(version), format.badge(version, issuer));
            if (speakers.add(issuer.id())) {
                tree.add(
                        format.issuerUrl(issuer),
                        format.issuer(issuer, issuers.email(tenant, issuer).orElse(null)));
            }
        }
    }
}
