package dev.laurel.dashboard.institution;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Profile;
import dev.laurel.context.address.OwnAddresses;
import dev.laurel.credential.Credentials;
import dev.laurel.gradebook.canvas.CanvasCapability;
import dev.laurel.gradebook.canvas.CanvasPermissions;
import dev.laurel.launch.Launches;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.Disclosure;
import dev.laurel.publication.Disclosures;
import dev.laurel.publication.Shares;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Everything that is stored about one person, gathered from every module that stores any of it. */
@Component
class PersonData {

    private final Contexts contexts;

    private final PersonCourses personCourses;

    private final OwnAddresses addresses;

    private final OwnLinks links;

    private final Platforms platforms;

    private final Awards awards;

    private final Achievements achievements;

    private final Credentials credentials;

    private final Shares shares;

    private final Disclosures disclosures;

    private final CanvasPermissions canvas;

    private final BadgesElsewhere elsewhere;

    private final OwnQuestions questions;

    private final Launches launches;

    PersonData(
            Contexts contexts,
            PersonCourses personCourses,
            OwnAddresses addresses,
            OwnLinks links,
            Platforms platforms,
            Awards awards,
            Achievements achievements,
            Credentials credentials,
            Shares shares,
            Disclosures disclosures,
            CanvasPermissions canvas,
            BadgesElsewhere elsewhere,
            OwnQuestions questions,
            Launches launches) {
        this.contexts = contexts;
        this.personCourses = personCourses;
        this.addresses = addresses;
        this.links = links;
        this.platforms = platforms;
        this.awards = awards;
        this.achievements = achievements;
        this.credentials = credentials;
        this.shares = shares;
        this.disclosures = disclosures;
        this.canvas = canvas;
        this.elsewhere = elsewhere;
        this.questions = questions;
        this.launches = launches;
    }

    /**
     * @param ownAddresses where the person reaches her badges without the learning platform, or wants to
     * @param accounts by the name of the learning platform, what it calls the person
     * @param links which other accounts are the same person's
     * @param questions what the person thought to be wrong
     * @param brought badges of other organisations
     * @param backpacks hosts that may read the person's badges
     */
    record Contents(
            @Nullable Profile profile,
            List<Reached> ownAddresses,
            List<Account> accounts,
            OwnLinks.Contents links,
            List<Course> courses,
            List<Badge> badges,
            List<OwnQuestions.Asked> questions,
            List<BadgesElsewhere.In> brought,
            List<String> backpacks,
            List<Permission> permissions,
            List<Visit> visits) {

        /** The same without what the person told nobody else: neither who only acts as her nor who looks after the institution. */
        Contents withoutOwnAddress() {
            return new Contents(
                    profile,
                    List.of(),
                    accounts,
                    links,
                    courses,
                    badges,
                    questions,
                    brought,
                    backpacks,
                    permissions,
                    visits);
        }

        @JsonIgnore
        public boolean isEmpty() {
            return accounts.isEmpty()
                    && courses.isEmpty()
                    && badges.isEmpty()
                    && questions.isEmpty()
                    && brought.isEmpty()
                    && permissions.isEmpty()
                    && visits.isEmpty();
        }
    }

    /**
     * @param address one that the person gave herself
     * @param confirmedAt {@code null} while it counts for nothing
     */
    record Reached(String address, @Nullable Instant confirmedAt) {}

    /** @param platformUserId the platform's own number of the person, where it tells tools; {@code null} elsewhere */
    record Account(String platform, String userId, @Nullable String platformUserId) {}

    /** @param groups sections or groups of the course that the person is in, by the platform's numbers */
    record Course(
            String title,
            Set<String> roles,
            Set<String> groups,
            boolean active,
            List<Result> results,
            List<Work> work,
            List<Progress> progress,
            @JsonIgnore ZoneId zone) {}

    /**
     * What somebody handed in to Laurel; the files themselves are on her page of the course.
     *
     * @param comments what was said of it, oldest first
     */
    record Work(
            String task,
            int version,
            Instant handedInAt,
            String text,
            List<URI> links,
            List<String> files,
            List<String> comments) {}

    /** How far somebody is towards a badge: only the current state is kept. */
    record Progress(String badge, String verdict, Instant workedOutAt) {}

    record Result(
            String column,
            String state,
            @Nullable BigDecimal score,
            @Nullable BigDecimal maximum,
            Instant seenAt) {}

    /**
     * @param shown what others see on that page besides her name
     * @param sharedAt the address of the page that others can see; {@code null} while there is none
     * @param sharedUntil when that page is gone by itself; {@code null} where she did not say so
     * @param reasons JSON: the rule and the results that met it, as they were
     */
    record Badge(
            String name,
            String reference,
            Instant earnedAt,
            @Nullable Instant keptAt,
            @Nullable Instant takenBackAt,
            boolean nameShown,
            Disclosure shown,
            boolean signed,
            BadgesElsewhere.Out elsewhere,
            @Nullable String sharedAt,
            @Nullable Instant sharedUntil,
            @Nullable @JsonRawValue String reasons) {}

    /**
     * What somebody lets Laurel read in their name; the tokens that Canvas gave for it are shown to nobody.
     *
     * @param course {@code null}: every course of the institution
     * @param reads names of {@link CanvasCapability}
     * @param endedAt since when Canvas does not accept it any more
     */
    record Permission(
            @Nullable String course,
            Set<String> reads,
            Instant givenAt,
            @Nullable Instant endedAt) {}

    record Visit(Instant at, @Nullable String course, String message, String reference) {}

    Contents of(TenantId tenant, long personId) {
        Map<Long, CourseContext> courses = contexts.memberships(tenant, personId).keySet().stream()
                .collect(Collectors.toMap(CourseContext::id, Function.identity()));
        return new Contents(
                contexts.profiles(tenant, List.of(personId)).get(personId),
                reached(tenant, personId),
                accounts(tenant, personId),
                links.of(tenant, personId),
                personCourses.of(tenant, personId),
                badges(tenant, personId),
                questions.of(tenant, personId),
                elsewhere.brought(tenant, personId),
                elsewhere.backpacks(tenant, personId),
                permissions(tenant, personId),
                visits(tenant, personId, courses));
    }

    private List<Reached> reached(TenantId tenant, long personId) {
        return Stream.concat(
                        addresses
                                .of(tenant, personId)
                                .map(own -> new Reached(own.address().value(), own.confirmedAt()))
                                .stream(),
                        addresses.wish(tenant, personId).map(wish -> new Reached(wish.value(), null)).stream())
                .toList();
    }

    private List<Account> accounts(TenantId tenant, long personId) {
        return contexts.accounts(tenant, personId).entrySet().stream()
                .map(account -> new Account(
                        platforms
                                .registration(account.getKey())
                                .map(Registration::name)
                                .orElse("–"),
                        account.getValue(),
                        platformUser(tenant, account.getKey(), personId)))
                .toList();
    }

    private @Nullable String platformUser(TenantId tenant, long registrationId, long personId) {
        Set<String> users = contexts.platformUsers(tenant, registrationId, personId);
        return users.isEmpty() ? null : String.join(", ", users);
    }

    private List<Badge> badges(TenantId tenant, long personId) {
        return awards.ofPerson(tenant, personId).stream()
                .map(award -> badge(tenant, award))
                .toList();
    }

    private Badge badge(TenantId tenant, Award award) {
        Optional<Shares.Link> link = shares.link(tenant, award.id());
        return new Badge(
                achievements
                        .version(tenant, award.achievementId(), award.achievementVersion())
                        .map(AchievementVersion::name)
                        .orElse("–"),
                award.reference().value(),
                award.decidedAt(),
                award.claimedAt(),
                award.revokedAt(),
                award.nameShown() != Award.NameShown.NONE,
                disclosures.of(tenant, award.id()),
                credentials.find(tenant, award.id()).isPresent(),
                elsewhere.of(tenant, award),
                link.map(Shares.Link::url).orElse(null),
                link.map(Shares.Link::endsAt).orElse(null),
                awards.decisionRecord(tenant, award.id()).orElse(null));
    }

    private List<Permission> permissions(TenantId tenant, long personId) {
        List<CanvasPermissions.Permission> given = canvas.ofOwner(tenant, personId);
        Map<Long, String> titles = contexts
                .find(
                        tenant,
                        given.stream()
                                .map(CanvasPermissions.Permission::contextId)
                                .filter(Objects::nonNull)
                                .collect(Collectors.toSet()))
                .stream()
                .collect(Collectors.toMap(CourseContext::id, CourseContext::title));
        return given.stream()
                .map(each -> new Permission(
                        each.contextId() == null ? null : titles.getOrDefault(each.contextId(), "–"),
                        each.covers().stream().map(Enum::name).collect(Collectors.toCollection(TreeSet::new)),
                        each.grantedAt(),
                        each.endedAt()))
                .toList();
    }

    private List<Visit> visits(TenantId tenant, long personId, Map<Long, CourseContext> courses) {
        List<Visit> visits = new ArrayList<>();
        for (Launches.Stored launch : launches.ofPerson(tenant, personId)) {
            Long contextId = launch.signedIn().contextId();
            CourseContext course = contextId == null ? null : courses.get(contextId);
            visits.add(new Visit(
                    launch.at(),
                    course == null ? null : course.title(),
                    launch.messageType(),
                    launch.signedIn().reference().value()));
        }
        return visits;
    }
}
