package dev.laurel.gradebook.manual;

import static dev.laurel.gradebook.manual.HandInCheck.refuseIf;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.manual.EntryRefusedException.Reason;
import dev.laurel.gradebook.source.ObservationLog;
import dev.laurel.gradebook.source.ObservationLog.Entry;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people enter in Laurel itself. Each result goes the way of every other: into the log of the course, with its author,
 * and what follows from it follows at once. The same entered twice is one; a command that is refused
 * ({@link EntryRefusedException}) writes nothing. Whoever calls has checked that the person may do it in this course.
 */
@Component
public class ManualGradebook {

    /** The name of this source. */
    public static final String SOURCE = "manual";

    private static final ObservationLog.Origin ORIGIN =
            new ObservationLog.Origin(SOURCE, "manual", Observation.Visibility.POSTED);

    private final Gradebook gradebook;

    private final Contexts contexts;

    private final ObservationLog log;

    private final ManualItems items;

    private final EvidenceShelf shelf;

    private final Clock clock;

    ManualGradebook(
            Gradebook gradebook,
            Contexts contexts,
            ObservationLog log,
            ManualItems items,
            EvidenceShelf shelf,
            Clock clock) {
        this.gradebook = gradebook;
        this.contexts = contexts;
        this.log = log;
        this.items = items;
        this.shelf = shelf;
        this.clock = clock;
    }

    /** The items of a course that are there, in the order in which they were added. */
    public List<ManualItem> items(TenantId tenant, long contextId) {
        return items.ofContext(tenant, contextId);
    }

    /** Empty where there is none in this course. */
    public Optional<ManualItem> item(TenantId tenant, long contextId, long itemId) {
        return items.ofContext(tenant, contextId).stream()
                .filter(item -> item.id() == itemId)
                .findFirst();
    }

    /** @param key chosen by the caller: the same key again gives the same item */
    @Transactional
    public ManualItem addConfirmation(Entering by, UUID key, String name) {
        return items.add(by, key, LineItem.Kind.CONFIRMATION, name, null, null, null, List.of());
    }

    /**
     * Adds a session that learners attend.
     *
     * @param group what sessions are counted under; {@code null} for none
     * @param heldOn in the course's time zone
     */
    @Transactional
    public ManualItem addSession(Entering by, UUID key, String name, @Nullable String group, LocalDate heldOn) {
        return items.add(by, key, LineItem.Kind.ATTENDANCE, name, group, heldOn, null, List.of());
    }

    /** @param rubric empty where evidence is only accepted or not */
    @Transactional
    public ManualItem addEvidence(Entering by, UUID key, String name, String instructions, List<RubricRow> rubric) {
        return items.add(by, key, LineItem.Kind.EVIDENCE, name, null, null, instructions, rubric);
    }

    /** Takes an item away with the rows of its rubric. What was entered stays in the log. */
    @Transactional
    public void remove(Entering by, long itemId) {
        log.lock(by.tenant(), by.contextId());
        ManualItem item = require(by.tenant(), by.contextId(), itemId, null);
        List<Long> gone =
                new ArrayList<>(item.rubric().stream().map(RubricRow::id).toList());
        gone.add(itemId);
        log.remove(by.tenant(), by.contextId(), gone);
    }

    /** Confirms the item for these learners, or takes the confirmation back; answers for how many that is new. */
    @Transactional
    public int confirm(Entering by, long itemId, Collection<Long> learners, boolean confirmed) {
        log.lock(by.tenant(), by.contextId());
        require(by.tenant(), by.contextId(), itemId, LineItem.Kind.CONFIRMATION);
        requireLearners(by, learners);
        Instant now = clock.instant();
        return append(
                by,
                learners.stream()
                        .distinct()
                        .map(person -> confirmed
                                ? entry(by, person, itemId, BigDecimal.ONE, BigDecimal.ONE, now)
                                : nothing(by, person, itemId, now))
                        .toList());
    }

    /** Notes who was there; a learner who is not named keeps what was noted before. Answers how much of it is new. */
    @Transactional
    public int attend(Entering by, long itemId, Map<Long, Presence> noted) {
        log.lock(by.tenant(), by.contextId());
        ManualItem session = require(by.tenant(), by.contextId(), itemId, LineItem.Kind.ATTENDANCE);
        requireLearners(by, noted.keySet());
        Instant held = heldAt(by, session);
        return append(
                by,
                noted.entrySet().stream()
                        .map(learner -> attended(by, learner.getKey(), itemId, learner.getValue(), held))
                        .toList());
    }

    private static Entry attended(Entering by, long person, long itemId, Presence noted, Instant held) {
        return switch (noted) {
            case PRESENT -> entry(by, person, itemId, BigDecimal.ONE, BigDecimal.ONE, held);
            case ABSENT -> entry(by, person, itemId, BigDecimal.ZERO, BigDecimal.ONE, held);
            case NOT_NOTED -> nothing(by, person, itemId, held);
        };
    }

    private Instant heldAt(Entering by, ManualItem session) {
        LocalDate day = session.heldOn();
        return day == null
                ? clock.instant()
                : day.atStartOfDay(contexts.find(by.tenant(), by.contextId())
                                .map(CourseContext::zone)
                                .orElse(ZoneOffset.UTC))
                        .toInstant();
    }

    /**
     * Hands in evidence of a learner, as a new version; answers false where the latest is the very same. What was accepted
     * stays accepted until somebody has assessed the new version.
     */
    @Transactional
    public boolean handIn(TenantId tenant, long contextId, long personId, long itemId, HandIn handIn) {
        Entering herself = new Entering(tenant, contextId, personId);
        requireLearners(herself, List.of(personId));
        EvidenceShelf.Sealed sealed = shelf.seal(tenant, personId, HandInCheck.check(handIn));
        log.lock(tenant, contextId);
        refuseIf(
                shelf.versionsSince(tenant, itemId, personId, clock.instant().minus(Duration.ofDays(1)))
                        >= HandInCheck.MOST_VERSIONS_A_DAY,
                Reason.TOO_OFTEN);
        require(tenant, contextId, itemId, LineItem.Kind.EVIDENCE);
        Instant now = clock.instant();
        if (!shelf.add(tenant, contextId, itemId, sealed, now)) {
            return false;
        }
        append(
                herself,
                List.of(result(tenant, contextId, itemId, personId)
                        .filter(ManualGradebook::isAccepted)
                        .map(accepted -> stillAccepted(accepted, now))
                        .orElseGet(() -> new Entry(
                                personId, itemId, Observation.Status.SUBMITTED, null, null, now, true, personId))));
        return true;
    }

    private static boolean isAccepted(Observation seen) {
        return seen.status() == Observation.Status.GRADED
                && seen.score() != null
                && seen.score().signum() > 0;
    }

    /** Of the same day as before, so that nothing that rests on it changes; and work was handed in again. */
    private static Entry stillAccepted(Observation accepted, Instant now) {
        return new Entry(
                accepted.personId(),
                accepted.lineItemId(),
                accepted.status(),
                accepted.score(),
                accepted.scoreMaximum(),
                accepted.occurredAt(),
                true,
                accepted.personId(),
                now);
    }

    /**
     * Assesses the latest version of a learner's evidence: a result in each row of the rubric, and 1 or 0 of 1 for the
     * whole, both as of the time when it was handed in. Answers false where the same was said before.
     */
    @Transactional
    public boolean assess(Entering by, long itemId, long personId, Assessment assessment) {
        refuseIf(assessment.comment().length() > HandInCheck.LONGEST_TEXT, Reason.TEXT_TOO_LONG);
        log.lock(by.tenant(), by.contextId());
        ManualItem item = require(by.tenant(), by.contextId(), itemId, LineItem.Kind.EVIDENCE);
        EvidenceRepository.Row version = shelf.latest(by.tenant(), itemId, personId)
                .orElseThrow(() -> new EntryRefusedException(Reason.NOTHING_HANDED_IN));
        refuseIf(version.version() != assessment.version(), Reason.NEWER_VERSION);
        List<Entry> entries = new ArrayList<>();
        for (RubricRow row : item.rubric()) {
            BigDecimal points = level(row, assessment.points().get(row.id()));
            entries.add(ofWork(by, personId, row.id(), points, row.maximum(), version.handedInAt()));
        }
        BigDecimal whole = assessment.accepted() ? BigDecimal.ONE : BigDecimal.ZERO;
        entries.add(ofWork(by, personId, itemId, whole, BigDecimal.ONE, version.handedInAt()));
        boolean said = shelf.assess(by.tenant(), version, assessment, by.personId(), clock.instant());
        return append(by, entries) > 0 || said;
    }

    private static BigDecimal level(RubricRow row, @Nullable BigDecimal points) {
        return row.levels().stream()
                .map(RubricRow.Level::points)
                .filter(each -> points != null && each.compareTo(points) == 0)
                .findFirst()
                .orElseThrow(() -> new EntryRefusedException(Reason.ROW_MISSING));
    }

    /** Every version that a learner handed in, oldest first, with what was said of it. */
    public List<EvidenceVersion> evidence(TenantId tenant, long contextId, long itemId, long personId) {
        return item(tenant, contextId, itemId).isEmpty() ? List.of() : shelf.versions(tenant, itemId, personId);
    }

    /** All that a learner handed in to a course, by what it was for; also to items that were removed since. */
    public Map<LineItem, List<EvidenceVersion>> evidenceOf(TenantId tenant, long contextId, long personId) {
        Map<LineItem, List<EvidenceVersion>> all = new LinkedHashMap<>();
        for (LineItem item : gradebook.lineItems(tenant, contextId)) {
            if (item.source().equals(SOURCE) && item.kind() == LineItem.Kind.EVIDENCE) {
                List<EvidenceVersion> versions = shelf.versions(tenant, item.id(), personId);
                if (!versions.isEmpty()) {
                    all.put(item, versions);
                }
            }
        }
        return all;
    }

    /** Who handed something in, those that wait longest for an assessment first. */
    public List<HandedIn> handedIn(TenantId tenant, long contextId, long itemId) {
        return item(tenant, contextId, itemId).isEmpty() ? List.of() : shelf.handedIn(tenant, itemId);
    }

    public Optional<EvidenceFile> file(
            TenantId tenant, long contextId, long itemId, long personId, int version, int place) {
        return item(tenant, contextId, itemId).isEmpty()
                ? Optional.empty()
                : shelf.content(tenant, itemId, personId, version, place);
    }

    /** What counts of an item now, by learner; those of whom nothing was ever said are missing. */
    public Map<Long, Observation> results(TenantId tenant, long contextId, long itemId) {
        return gradebook.latest(tenant, contextId, List.of(itemId), null).stream()
                .collect(Collectors.toMap(Observation::personId, Function.identity()));
    }

    /** What counts of an item for one learner now. */
    public Optional<Observation> result(TenantId tenant, long contextId, long itemId, long personId) {
        return gradebook.latest(tenant, contextId, List.of(itemId), List.of(personId)).stream()
                .findFirst();
    }

    private int append(Entering by, List<Entry> entries) {
        return entries.isEmpty() ? 0 : log.append(by.tenant(), by.contextId(), ORIGIN, entries);
    }

    private static Entry entry(
            Entering by, long person, long itemId, BigDecimal score, BigDecimal maximum, Instant at) {
        return new Entry(person, itemId, Observation.Status.GRADED, score, maximum, at, false, by.personId());
    }

    private static Entry ofWork(
            Entering by, long person, long itemId, BigDecimal score, BigDecimal maximum, Instant handedInAt) {
        return new Entry(
                person, itemId, Observation.Status.GRADED, score, maximum, handedInAt, true, by.personId(), handedInAt);
    }

    private static Entry nothing(Entering by, long person, long itemId, Instant at) {
        return new Entry(person, itemId, Observation.Status.NONE, null, null, at, false, by.personId());
    }

    private ManualItem require(TenantId tenant, long contextId, long itemId, LineItem.@Nullable Kind kind) {
        ManualItem item = item(tenant, contextId, itemId).orElseThrow(() -> new EntryRefusedException(Reason.GONE));
        refuseIf(kind != null && item.kind() != kind, Reason.OTHER_KIND);
        return item;
    }

    private void requireLearners(Entering by, Collection<Long> people) {
        Set<Long> known = contexts.evaluatedAmong(by.tenant(), by.contextId(), people);
        refuseIf(!known.containsAll(people), Reason.NO_LEARNER);
    }
}
