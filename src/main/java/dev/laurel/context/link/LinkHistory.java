package dev.laurel.context.link;

import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What was said of whether accounts are one person's, now and before. */
@Component
public class LinkHistory {

    private final PersonLinkRepository links;

    LinkHistory(PersonLinkRepository links) {
        this.links = links;
    }

    /**
     * That somebody is one person with another account.
     *
     * @param by LEARNER, STAFF or PLATFORM
     * @param endedAt {@code null} while it holds
     */
    public record Said(
            long other, String by, Instant at, @Nullable Instant endedAt) {}

    /** What the institution decided: what holds first, and of each the newest. */
    public List<LinkDecision> decided(TenantId tenant, int limit) {
        return links.decidedCases(tenant, null, limit);
    }

    /** What the institution decided about this person: what holds first, and of each the newest. */
    public List<LinkDecision> decidedAbout(TenantId tenant, long personId) {
        return links.decidedCases(tenant, personId, Integer.MAX_VALUE);
    }

    /** What the institution has yet to decide about this person. */
    public List<LinkCase> openAbout(TenantId tenant, long personId) {
        return links.openCases(tenant).stream()
                .filter(open -> open.one() == personId || open.other() == personId)
                .toList();
    }

    /** Of which accounts it was said that they are this person's, too; the oldest first. */
    public List<Said> saidOf(TenantId tenant, long personId) {
        return links.said(tenant, personId);
    }
}
