package dev.laurel.dashboard.institution;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.laurel.context.Contexts;
import dev.laurel.context.link.LinkCase;
import dev.laurel.context.link.LinkDecision;
import dev.laurel.context.link.LinkHistory;
import dev.laurel.context.link.PersonLinks;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which other accounts somebody has, or is said to have: of those accounts only where they are, since the rest is theirs. */
@Component
class OwnLinks {

    private final PersonLinks links;

    private final LinkHistory history;

    private final Contexts contexts;

    private final Platforms platforms;

    OwnLinks(PersonLinks links, LinkHistory history, Contexts contexts, Platforms platforms) {
        this.links = links;
        this.history = history;
        this.contexts = contexts;
        this.platforms = platforms;
    }

    /**
     * @param elsewhere as {@link OwnLinks#elsewhere}
     * @param said that another account is the same person's
     * @param doubts what the institution was asked
     */
    record Contents(List<String> elsewhere, List<Said> said, List<Doubt> doubts) {

        @JsonIgnore
        public boolean isEmpty() {
            return said.isEmpty() && doubts.isEmpty();
        }
    }

    /**
     * @param platform where the other account is
     * @param by LEARNER, STAFF or PLATFORM
     * @param endedAt {@code null} while it holds
     */
    record Said(
            String platform,
            String by,
            Instant at,
            @Nullable Instant endedAt) {}

    /**
     * @param onePerson what was decided; {@code null} while nobody has
     * @param takenBackAt when the institution took back that they are one person's
     */
    record Doubt(
            String platform,
            String reason,
            Instant askedAt,
            @Nullable Boolean onePerson,
            @Nullable Instant decidedAt,
            @Nullable Instant takenBackAt) {}

    Contents of(TenantId tenant, long personId) {
        return new Contents(
                elsewhere(tenant, personId),
                history.saidOf(tenant, personId).stream()
                        .map(said -> new Said(platform(tenant, said.other()), said.by(), said.at(), said.endedAt()))
                        .toList(),
                Stream.concat(
                                history.openAbout(tenant, personId).stream()
                                        .map(open -> doubt(tenant, personId, open, null)),
                                history.decidedAbout(tenant, personId).stream()
                                        .map(decided -> doubt(tenant, personId, decided.said(), decided)))
                        .toList());
    }

    /** The platforms, by name, of the accounts that are this person's now besides the one that is asked about. */
    List<String> elsewhere(TenantId tenant, long personId) {
        return names(tenant, links.others(tenant, Set.of(personId)).getOrDefault(personId, Set.of()));
    }

    private Doubt doubt(TenantId tenant, long personId, LinkCase said, @Nullable LinkDecision decided) {
        return new Doubt(
                platform(tenant, said.one() == personId ? said.other() : said.one()),
                said.reason().name(),
                said.askedAt(),
                decided == null ? null : Boolean.valueOf(decided.accepted()),
                decided == null ? null : decided.decidedAt(),
                decided == null ? null : decided.endedAt());
    }

    /** Of an account that was erased nothing is known. */
    private String platform(TenantId tenant, long personId) {
        List<String> names = names(tenant, Set.of(personId));
        return names.isEmpty() ? "–" : String.join(", ", names);
    }

    private List<String> names(TenantId tenant, Collection<Long> people) {
        return contexts.registrations(tenant, people).values().stream()
                .flatMap(Set::stream)
                .distinct()
                .flatMap(registration -> platforms.registration(registration).stream())
                .map(Registration::name)
                .sorted()
                .toList();
    }
}
