package dev.laurel.publication;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.Variant;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.ShareRepository.Shared;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** What whoever has the address of a shared page may see. Not shared, never shared, withdrawn and ended look the same: 404. */
@Component
public class OpenBadges {

    private final Shares shares;

    private final Awards awards;

    private final Disclosures disclosures;

    private final Credentials credentials;

    OpenBadges(Shares shares, Awards awards, Disclosures disclosures, Credentials credentials) {
        this.shares = shares;
        this.awards = awards;
        this.disclosures = disclosures;
        this.credentials = credentials;
    }

    /** A badge that is shared, and how much of it. */
    public record Open(TenantId tenant, Award award, Disclosure disclosure) {}

    /** What stands: of what was taken back or replaced nothing is left to see, 410; what is suspended is not found for now. */
    public Open standing(String token) {
        Open open = signed(token);
        if (open.award().suspendedAt() != null) {
            throw notFound();
        }
        return open;
    }

    /** What stands or is suspended: whoever reads the signed badge looks its status up. */
    public Open signed(String token) {
        return notGone(open(token));
    }

    /** The same for whoever knows which award it is. Without a shared page it is not found. */
    public Open signed(TenantId tenant, long awardId) {
        if (shares.link(tenant, awardId).isEmpty()) {
            throw notFound();
        }
        return notGone(open(tenant, awardId));
    }

    /**
     * The same where a newer one of its holder may have taken its place, as by a renewal: that one then, if it is shared. Only
     * where none is it is gone.
     */
    public Open newest(TenantId tenant, long awardId) {
        Award award = awards.find(tenant, awardId).orElseThrow(OpenBadges::notFound);
        return newest(award, byId(awards.chain(tenant, award)))
                .filter(newest -> newest.revokedAt() == null)
                .filter(newest -> shares.link(tenant, newest.id()).isPresent())
                .map(newest -> open(tenant, newest.id()))
                .orElseGet(() -> signed(tenant, awardId));
    }

    /**
     * Those in whose place this one is shown by {@link #newest(TenantId, long)} where it is shared and stands: itself with them.
     *
     * @param chain as {@link Awards#chain}
     */
    static List<Award> inPlaceOf(Award award, List<Award> chain) {
        return chain.stream()
                .filter(each -> newest(each, byId(chain))
                        .filter(newest -> newest.id() == award.id())
                        .isPresent())
                .toList();
    }

    private static Map<Long, Award> byId(List<Award> chain) {
        return chain.stream().collect(Collectors.toMap(Award::id, each -> each));
    }

    private static Optional<Award> newest(Award award, Map<Long, Award> later) {
        Long next = award.supersededBy();
        return next == null
                ? Optional.of(award)
                : Optional.ofNullable(later.remove(next)).flatMap(newer -> newest(newer, later));
    }

    /**
     * The signed badge as others get it: the form without the level where its holder keeps that back, never another one; the
     * form with the results and the work where she shows them and they are in one.
     */
    public Optional<StoredCredential> shown(Open open) {
        return Optional.ofNullable(
                shown(open.tenant(), List.of(open)).get(open.award().id()));
    }

    /** The same of many, by award; what is not signed so is not among them. A statement for each form. */
    Map<Long, StoredCredential> shown(TenantId tenant, List<Open> open) {
        Map<Variant, Set<Long>> asked = new EnumMap<>(Variant.class);
        open.forEach(each -> each.disclosure()
                .forms(each.award())
                .forEach(form -> asked.computeIfAbsent(form, awards -> new HashSet<>())
                        .add(each.award().id())));
        Map<Variant, Map<Long, StoredCredential>> found = new EnumMap<>(Variant.class);
        asked.forEach((form, awards) -> found.put(form, credentials.find(tenant, awards, form)));
        Map<Long, StoredCredential> shown = new HashMap<>();
        for (Open each : open) {
            long award = each.award().id();
            each.disclosure().forms(each.award()).stream()
                    .flatMap(form ->
                            Stream.ofNullable(found.getOrDefault(form, Map.of()).get(award)))
                    .findFirst()
                    .ifPresent(first -> shown.put(award, first));
        }
        return shown;
    }

    private static Open notGone(Open open) {
        if (open.award().revokedAt() != null) {
            throw new ResponseStatusException(HttpStatus.GONE);
        }
        return open;
    }

    /** What stands, is suspended, or a newer one took the place of: of the last two the page says so. */
    public Open open(String token) {
        Shared shared = shares.byToken(token).orElseThrow(OpenBadges::notFound);
        return open(shared.tenant(), shared.awardId());
    }

    private Open open(TenantId tenant, long awardId) {
        Award award = awards.find(tenant, awardId).orElseThrow(OpenBadges::notFound);
        if (award.revokedAt() != null && award.supersededBy() == null) {
            throw new ResponseStatusException(HttpStatus.GONE);
        }
        return new Open(tenant, award, disclosures.of(tenant, award.id()));
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
