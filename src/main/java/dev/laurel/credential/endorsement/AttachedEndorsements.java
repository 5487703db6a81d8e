package dev.laurel.credential.endorsement;

import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What was approved of what others say: for pages, and for the badges that carry it. */
@Component
public class AttachedEndorsements {

    /** More of one badge or issuer would make badges larger than their readers like. */
    static final int MOST = 10;

    private static final int SHOWN = 50;

    private static final Logger LOG = LoggerFactory.getLogger(AttachedEndorsements.class);

    private final EndorsementRepository repository;

    private final InsideBadges inside;

    private final Clock clock;

    AttachedEndorsements(EndorsementRepository repository, InsideBadges inside, Clock clock) {
        this.repository = repository;
        this.inside = inside;
        this.clock = clock;
    }

    /** What pages show of a badge version or an issuer, by its ids; the newest first. */
    public List<Endorsement> shown(TenantId tenant, Collection<String> subjects) {
        return repository.approved(tenant, subjects, clock.instant(), SHOWN);
    }

    /** What new badges carry inside, by what it is about. One statement. */
    public Map<String, List<Attachment>> attached(TenantId tenant, Collection<String> subjects) {
        Map<String, List<Attachment>> attached = new HashMap<>();
        if (!subjects.isEmpty()) {
            repository.embedded(tenant, subjects).forEach(each -> {
                List<Attachment> theirs = attached.computeIfAbsent(each.subject(), any -> new ArrayList<>());
                JsonObject json = read(each.credential());
                if (json == null || !inside.take(json, each.credential().length)) {
                    LOG.warn(
                            "Endorsement {} of tenant {} would make badges invalid and is left out", each.id(), tenant);
                } else if (theirs.size() < MOST
                        && theirs.stream().noneMatch(other -> other.json().equals(json))) {
                    theirs.add(new Attachment(HexFormat.of().formatHex(each.hash()), json));
                }
            });
        }
        return attached;
    }

    /** {@code null} for what an earlier version took and this one reads no more: one of them must not stop all badges. */
    private static @Nullable JsonObject read(byte[] credential) {
        try {
            return JsonBytes.parse(credential);
        } catch (BadCredentialException e) {
            return null;
        }
    }
}
