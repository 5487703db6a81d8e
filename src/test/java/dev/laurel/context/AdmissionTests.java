package dev.laurel.context;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.launch.Admission;
import dev.laurel.launch.Launch;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What a launch does to courses and people; run on each database by the subclasses. */
abstract class AdmissionTests {

    @Autowired
    FrontDesk desk;

    @Autowired
    Contexts contexts;

    @Autowired
    CourseZones zones;

    @Autowired
    Copies copies;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    final long tenant = ThreadLocalRandom.current().nextLong(1, 1L << 40);

    final TenantId tenantId = new TenantId(tenant);

    @Test
    void subsThatDifferInCaseAccentFormOrTrailingBlankAreDifferentPeople() {
        List<String> subs = List.of(
                "e1",
                "E1",
                "\u00e91",
                "e\u03011",
                "e1 ",
                " e1",
                "e1\u0000",
                "\u00851",
                "ß1",
                "ss1",
                "1",
                "\ud8001",
                "?1");
        Set<Long> persons = new HashSet<>();
        for (String sub : subs) {
            persons.add(admit(TestLaunches.learner(tenant, sub)).personId());
        }
        assertThat(persons).hasSameSizeAs(subs);
        assertThat(contexts.personsBySub(tenantId, 1, subs)).hasSameSizeAs(subs);
        for (String sub : subs) {
            long person = contexts.personsBySub(tenantId, 1, List.of(sub)).get(sub);
            assertThat(contexts.sub(tenantId, 1, person)).contains(sub);
            assertThat(admit(TestLaunches.learner(tenant, sub)).personId()).isEqualTo(person);
        }
    }

    @Test
    void permissionsThatAreNamedTwiceCloseNoCourse() {
        Launch launch = TestLaunches.learner(tenant, "7")
                .services(URI.create("https://lms.example/7/lineitems"), null)
                .build();
        Launch.AgsEndpoint odd = new Launch.AgsEndpoint(
                URI.create("https://lms.example/7/lineitems"), null, Set.of("score read", "read", "  "));
        Launch twice = new Launch(
                launch.reference(),
                launch.tenant(),
                launch.registrationId(),
                launch.deploymentPk(),
                launch.messageType(),
                launch.user(),
                launch.roles(),
                launch.context(),
                launch.resourceLink(),
                odd,
                null,
                null,
                launch.targetLinkUri(),
                null,
                launch.custom(),
                launch.about(),
                launch.deepLinking(),
                launch.platformFamily(),
                launch.at());

        transaction.executeWithoutResult(status -> desk.admit(twice));

        assertThat(contexts.ofTenant(tenantId))
                .singleElement()
                .satisfies(course -> assertThat(course.agsScopes()).contains("score", "read"));
    }

    @Test
    void theCoursesThatACourseWasCopiedFromAreKnownNearestFirst() {
        long first = course(TestLaunches.learner(tenant, "1").course("C1"));
        long second = course(TestLaunches.learner(tenant, "1").course("c1"));

        long copy = course(copyOf("copy, c1,C1,unknown,truncated,$Context.id.history,"));
        assertThat(origins(copy)).containsExactly(second, first);

        course(copyOf("timed out"));
        assertThat(origins(copy)).as("what is known stays").containsExactly(second, first);
        course(copyOf("C1,c1"));
        assertThat(origins(copy)).as("imported once more").containsExactly(first, second);
    }

    @Test
    void anOriginIsOfTheSameTenantAndPlatformThroughAnyDeployment() {
        long here = course(TestLaunches.learner(tenant, "1").course("C1"));
        course(TestLaunches.learner(tenant, "1").course("C1").registration(2));
        course(TestLaunches.learner(tenant + 1, "1").course("C1"));
        jdbc.sql("UPDATE context SET deployment_pk = 77 WHERE tenant_id = ? AND id = ?")
                .params(tenant, here)
                .update();

        assertThat(origins(course(copyOf("C1")))).containsExactly(here);
    }

    @Test
    void aLinkKeepsOurOwnIdAlthoughNotEveryLaunchRepeatsIt() {
        long course = course(TestLaunches.learner(tenant, "1").custom("badge_id", "b-1"));

        course(TestLaunches.learner(tenant, "1"));

        assertThat(copies.links(tenantId, course)).containsExactly(new Copies.PlacedLink("link-1", null, "b-1"));
    }

    @Test
    void onlyCoursesThatSomebodyTeachesNowAreTheirs() {
        long taught = course(TestLaunches.learner(tenant, "1").course("A").as(Role.INSTRUCTOR));
        long left = course(TestLaunches.learner(tenant, "1").course("B").as(Role.INSTRUCTOR));
        course(TestLaunches.learner(tenant, "1").course("C").as(Role.TEACHING_ASSISTANT));
        course(TestLaunches.learner(tenant, "2").course("D").as(Role.INSTRUCTOR));
        Admission me = admit(TestLaunches.learner(tenant, "1").course("E").as(Role.INSTRUCTOR));
        long here = requireNonNull(me.contextId());
        jdbc.sql("UPDATE membership SET active = FALSE WHERE tenant_id = ? AND context_id = ?")
                .params(tenant, left)
                .update();

        assertThat(copies.othersTaughtBy(tenantId, me.personId(), here))
                .extracting(CourseContext::id)
                .containsExactly(taught);
        assertThat(copies.source(tenantId, here, me.personId(), taught)).isPresent();
        assertThat(copies.source(tenantId, here, me.personId(), left)).isEmpty();
        assertThat(copies.source(tenantId, here, me.personId(), here)).isEmpty();
    }

    @Test
    void oneSubAtTwoPlatformsIsTwoPeople() {
        long one = admit(TestLaunches.learner(tenant, "7")).personId();
        long other = admit(TestLaunches.learner(tenant, "7").registration(2)).personId();
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void contextIdsAreComparedByteForByte() {
        Set<Long> courses = new HashSet<>();
        for (String id : List.of("c", "C", "\u00e7", "c ")) {
            courses.add(admit(TestLaunches.learner(tenant, "1").course(id)).contextId());
        }
        assertThat(courses).hasSize(4);
    }

    @Test
    void theZoneOfACourseIsThatFromWhichItsStaffFirstLaunchedAndStaysSoWhateverLaterLaunchesSay() {
        long course = course(TestLaunches.learner(tenant, "1"));
        assertThat(zones.of(tenantId, course)).as("learners may be anywhere").isEmpty();
        assertThat(zone(course)).isEqualTo(ZoneOffset.UTC);

        for (String nothing : new String[] {null, "UTC", "Etc/UTC", "+05:00", "UTC+2", "Mars/Base", "99"}) {
            course(teacher(nothing));
            assertThat(zones.of(tenantId, course)).as("%s", nothing).isEmpty();
        }
        course(teacher("America/New_York"));
        assertThat(zone(course)).isEqualTo(ZoneId.of("America/New_York"));

        course(teacher("Asia/Tokyo"));
        course(teacher(null).at(Instant.now().plusSeconds(600)));
        course(TestLaunches.learner(tenant, "1"));
        assertThat(zone(course)).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(zone(course(teacher("Asia/Tokyo").course("another"))))
                .as("said by the first launch of all")
                .isEqualTo(ZoneId.of("Asia/Tokyo"));
    }

    @Test
    void whatThePlatformSaysOfACourseCountsMoreThanALaunchAndWhatItsStaffChoseCountsMost() {
        long course = course(teacher("America/New_York"));

        zones.told(tenantId, course, "America/Chicago");
        assertThat(zone(course)).isEqualTo(ZoneId.of("America/Chicago"));
        for (String nothing : new String[] {null, "", "$Person.address.timezone", "-06:00", "Mountain Time"}) {
            zones.told(tenantId, course, nothing);
        }
        assertThat(zone(course)).isEqualTo(ZoneId.of("America/Chicago"));
        zones.told(tenantId, course, "America/Denver");
        assertThat(zone(course)).as("it was changed there").isEqualTo(ZoneId.of("America/Denver"));

        zones.choose(tenantId, course, ZoneId.of("Europe/Paris"), 5);
        zones.told(tenantId, course, "America/Chicago");
        course(teacher("Asia/Tokyo"));
        assertThat(zones.of(tenantId, course)).hasValueSatisfying(known -> {
            assertThat(known.zone()).isEqualTo(ZoneId.of("Europe/Paris"));
            assertThat(known.from()).isEqualTo(CourseZones.From.STAFF);
            assertThat(known.byPerson()).isEqualTo(5);
        });
        assertThat(zones.of(new TenantId(tenant + 1), course)).isEmpty();
        zones.choose(new TenantId(tenant + 1), course, ZoneId.of("Asia/Tokyo"), 6);
        assertThat(zone(course)).isEqualTo(ZoneId.of("Europe/Paris"));
    }

    private TestLaunches teacher(@Nullable String zone) {
        return TestLaunches.learner(tenant, "teacher").as(Role.INSTRUCTOR).in(zone);
    }

    private ZoneId zone(long course) {
        return contexts.find(tenantId, course).orElseThrow().zone();
    }

    @Test
    void aFirstLaunchMakesCoursePersonAndMembership() {
        Admission admission = admit(TestLaunches.learner(tenant, "1"));
        CourseContext course = contexts.find(tenantId, admission.contextId()).orElseThrow();
        assertThat(course.title()).isEqualTo("Badges 101");
        assertThat(contexts.members(tenantId, course.id())).singleElement().satisfies(member -> {
            assertThat(member.roles()).containsExactly(Role.LEARNER);
            assertThat(member.earns()).isTrue();
        });
        assertThat(contexts.profiles(tenantId, List.of(admission.personId()))
                        .get(admission.personId())
                        .name())
                .isEqualTo("Ada Lovelace");
        assertThat(contexts.ofPerson(tenantId, admission.personId())).hasSize(1);
        assertThat(contexts.ofTenant(tenantId)).hasSize(1);
    }

    @Test
    void personalDataIsNowhereInTheClear() {
        admit(TestLaunches.learner(tenant, "a-very-peculiar-sub"));
        List<String> rows = jdbc.sql("""
                SELECT CONCAT(HEX(p.wrapped_key), HEX(p.sealed), HEX(p.sealed_digest), HEX(a.sub_hash), HEX(a.sub_sealed))
                FROM person p JOIN account a ON a.person_id = p.id WHERE p.tenant_id = ?""").param(tenant).query(String.class).list();
        assertThat(rows).singleElement().asString().doesNotContain(hex("Ada"), hex("ada@"), hex("peculiar"));
    }

    private static String hex(String text) {
        StringBuilder hex = new StringBuilder();
        for (byte b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            hex.append(String.format("%02X", b));
        }
        return hex.toString();
    }

    @Test
    void whenACourseBeginsAndEndsIsAsThePlatformSaysLast() {
        String begins = "2026-09-01T08:00:00+02:00";
        long course = course(TestLaunches.learner(tenant, "1").custom("course_start", begins));
        assertThat(contexts.find(tenantId, course)).get().satisfies(told -> {
            assertThat(told.startsAt()).isEqualTo(Instant.parse("2026-09-01T06:00:00Z"));
            assertThat(told.endsAt()).isNull();
        });

        admit(TestLaunches.learner(tenant, "1").custom("course_end", begins));

        assertThat(contexts.find(tenantId, course)).get().satisfies(told -> {
            assertThat(told.startsAt()).isNull();
            assertThat(told.endsAt()).isEqualTo(Instant.parse("2026-09-01T06:00:00Z"));
        });
    }

    @Test
    void aRepeatedLaunchReadsOnceAndWritesNothing() {
        TestLaunches launch = TestLaunches.learner(tenant, "1");
        admit(launch);
        admit(launch.at(launch.at().plusSeconds(4)));
        transaction.executeWithoutResult(status -> {
            List<Long> before = statements();
            desk.admit(launch.at(launch.at().plusSeconds(5)).build());
            List<Long> after = statements();
            // One for the desk, one for the gradebook that may want to look; and nothing written.
            assertThat(after.get(0) - before.get(0)).isLessThanOrEqualTo(2);
            assertThat(after.get(1) - before.get(1)).isZero();
        });
    }

    /** Reads and writes of this connection so far. */
    private List<Long> statements() {
        return List.of(count("'Com_select'"), count("'Com_insert', 'Com_update', 'Com_delete'"));
    }

    private long count(String names) {
        return jdbc
                .sql("SHOW SESSION STATUS WHERE Variable_name IN (" + names + ")")
                .query((row, n) -> row.getLong("Value"))
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void lastLaunchMovesAtMostOnceAMinute() {
        TestLaunches launch = TestLaunches.learner(tenant, "1");
        long course = admit(launch).contextId();
        admit(launch.at(launch.at().plusSeconds(50)));
        assertThat(contexts.find(tenantId, course).orElseThrow().lastLaunchAt()).isEqualTo(launch.at());
        admit(launch.at(launch.at().plusSeconds(61)));
        assertThat(contexts.find(tenantId, course).orElseThrow().lastLaunchAt())
                .isEqualTo(launch.at().plus(Duration.ofSeconds(61)));
    }

    @Test
    void aNameThatIsLeftOutIsKeptAndAChangedOneIsTaken() {
        TestLaunches launch = TestLaunches.learner(tenant, "1");
        long person = admit(launch).personId();
        admit(launch.named(null));
        assertThat(contexts.profiles(tenantId, List.of(person)).get(person).name())
                .isEqualTo("Ada Lovelace");
        admit(launch.named("Ada King"));
        Profile profile = contexts.profiles(tenantId, List.of(person)).get(person);
        assertThat(profile.name()).isEqualTo("Ada King");
        assertThat(profile.email()).isEqualTo("ada@example.org");
    }

    @Test
    void staffOnceIsStaffForGoodAndNeverEarns() {
        TestLaunches launch = TestLaunches.learner(tenant, "1");
        long course = admit(launch.as(Role.INSTRUCTOR)).contextId();
        Admission switched = admit(launch);
        assertThat(switched.roles()).containsExactly(Role.LEARNER);
        assertThat(contexts.member(tenantId, course, switched.personId())
                        .orElseThrow()
                        .earns())
                .isFalse();
        assertThat(contexts.earners(tenantId, course)).isEmpty();
        assertThat(contexts.earnersAmong(tenantId, course, List.of(switched.personId())))
                .isEmpty();
    }

    @Test
    void aLaunchOutsideACourseMakesNoMembership() {
        Admission admission = admit(
                TestLaunches.learner(tenant, "1").as(Role.INSTITUTION_ADMIN).course(null));
        assertThat(admission.contextId()).isNull();
        assertThat(contexts.ofPerson(tenantId, admission.personId())).isEmpty();
    }

    @Test
    void whatIsEndlessIsCut() {
        Admission admission = admit(TestLaunches.learner(tenant, "1")
                .named("\ud83c\udf93".repeat(10_000))
                .course("c".repeat(5_000)));
        assertThat(contexts.profiles(tenantId, List.of(admission.personId()))
                        .get(admission.personId())
                        .name())
                .hasSize(510);
    }

    @Test
    void manyFirstLaunchesAtOnceMakeOneOfEach() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Admission>> launches = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                launches.add(() -> admit(TestLaunches.learner(tenant, "same")));
            }
            Set<String> admissions = new HashSet<>();
            for (Future<Admission> each : threads.invokeAll(launches)) {
                admissions.add(each.get().personId() + "/" + each.get().contextId() + "/"
                        + each.get().resourceLinkId());
            }
            assertThat(admissions).hasSize(1);
            assertThat(jdbc.sql("SELECT COUNT(*) FROM person WHERE tenant_id = ?")
                            .param(tenant)
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void anotherTenantSeesNothing() {
        Admission admission = admit(TestLaunches.learner(tenant, "1"));
        TenantId foreign = new TenantId(tenant + 1);
        assertThat(contexts.find(foreign, admission.contextId())).isEmpty();
        assertThat(contexts.members(foreign, admission.contextId())).isEmpty();
        assertThat(contexts.profiles(foreign, List.of(admission.personId()))).isEmpty();
        assertThat(contexts.personsBySub(foreign, 1, List.of("1"))).isEmpty();
        assertThat(contexts.sub(foreign, 1, admission.personId())).isEmpty();
    }

    private Admission admit(TestLaunches launch) {
        return transaction.execute(status -> desk.admit(launch.build()));
    }

    private TestLaunches copyOf(String history) {
        return TestLaunches.learner(tenant, "1")
                .course("copy")
                .custom("context_history", history)
                .ofNoLink();
    }

    private long course(TestLaunches launch) {
        return requireNonNull(admit(launch).contextId());
    }

    private List<Long> origins(long course) {
        return copies.origins(tenantId, course).stream().map(CourseContext::id).toList();
    }
}
