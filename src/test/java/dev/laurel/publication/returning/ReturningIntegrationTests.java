package dev.laurel.publication.returning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Erasures;
import dev.laurel.context.address.MailAddress;
import dev.laurel.context.address.OwnAddresses;
import dev.laurel.credential.Credentials;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.mail.LaurelWithMail;
import dev.laurel.publication.returning.AddressMailRepository.Mail;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lms.Browser;
import lms.LmsUser;
import lms.LtiNames;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A student gives an address of her own while she has an account, and comes back by it when she has none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class ReturningIntegrationTests extends LaurelWithMail {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern CODE = Pattern.compile("(?m)^(\\d{3} \\d{3})\\s*$");

    private static final Pattern LINK = Pattern.compile("http\\S+/my-badges/[\\w-]{32}");

    private static final Pattern DOOR = Pattern.compile("http\\S+/issuers/[0-9a-f-]{36}/my-badges");

    private static final Random RANDOM = new Random();

    @Autowired
    ApplicationContext laurel;

    @Autowired
    Awards awards;

    @Autowired
    Credentials credentials;

    @Autowired
    Erasures erasures;

    @Autowired
    OwnAddresses addresses;

    @Autowired
    AddressMails mails;

    @Autowired
    AddressMailRepository mailed;

    @Autowired
    Clock clock;

    @Autowired
    Platforms platforms;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    private LaunchedCourse launched;

    private TenantId tenant;

    private Award award;

    /** Of this test alone. */
    private String address;

    @BeforeAll
    void aCourseInWhichOneStudentEarnedABadge() {
        launched = LaunchedCourse.start(
                laurel, ReferenceLms.builder().students(3).institution("University " + UUID.randomUUID()));
        tenant = launched.tenant();
        Browser teacher = launched.launch(launched.lms().course().teacher());
        launched.activateBadge(teacher, "Essay 1");
        for (int number : List.of(0, 1)) {
            launched.lms()
                    .course()
                    .typeGrade(student(number), launched.lms().course().columnCalled("Essay 1"), "95");
        }
        launched.launch(student(2));
        await().atMost(PATIENCE)
                .until(() -> awards.ofPerson(tenant, person(0)).size() == 1
                        && awards.ofPerson(tenant, person(1)).size() == 1);
        award = awards.ofPerson(tenant, person(0)).get(0);
        await().atMost(PATIENCE)
                .until(() -> credentials
                        .find(tenant, award.id())
                        .filter(signed -> signed.jwt() != null)
                        .isPresent());
    }

    @AfterAll
    void stop() {
        launched.close();
    }

    @BeforeEach
    void nobodyHasAnAddress() {
        for (String table : List.of("own_address", "own_address_wish", "address_mail", "shelf_link")) {
            jdbc.sql("DELETE FROM " + table + " WHERE tenant_id = ?")
                    .param(tenant.value())
                    .update();
        }
        address = "ada." + UUID.randomUUID() + "@home.example";
    }

    @Test
    void aMailedLinkOpensHerBadgesWhenHerAccountIsClosedAndNothingElse(CapturedOutput output) throws Exception {
        Browser student = launched.launch(student(0));
        Page page = confirm(student, 0);
        URI door = URI.create(found(DOOR, page.text()));
        assertThat(page.text()).contains(address, "The address is yours now");
        platforms.setActive(launched.registration().id(), false);
        try {
            Page out = student.open(at("/shelf"));
            assertThat(out.status()).isEqualTo(401);
            assertThat(out.text()).contains(door.getPath());

            Page asked = ask(visitor(), door, address.toUpperCase(Locale.ROOT));
            MimeMessage mail = mailTo(address, 2);
            URI link = URI.create(found(LINK, text(mail)));
            Browser browser = visitor();
            // Programs look at links by themselves.
            visitor().open(link);
            visitor().open(link);
            Page button = browser.open(link);
            Page shelf = browser.submit(button, button.formTo("/my-badges/"), Map.of());

            assertThat(asked.text()).doesNotContain(address);
            assertThat(mail.getFrom()[0]).hasToString("badges@university.example");
            assertThat(text(mail)).contains("It works once, within 15 minutes", "If you did not ask, do nothing");
            assertThat(shelf.text())
                    .contains("You came by a link in an e-mail", student(0).familyName(), "/my/badges/" + award.id());
            for (Page secret : List.of(button, shelf)) {
                assertThat(secret.header("Cache-Control").orElseThrow()).contains("no-store");
                assertThat(secret.header("Content-Security-Policy").orElseThrow())
                        .contains("frame-ancestors 'none'");
                assertThat(secret.header("Referrer-Policy").orElseThrow()).startsWith("strict-origin");
            }
            keepsSavesAndShares(browser);
            reachesNothingElse(browser, shelf);
            assertThat(visitor().open(link).status()).isEqualTo(404);
            assertThat(output.getAll().lines().filter(line -> !line.contains("icegreen")))
                    .isNotEmpty()
                    .asString()
                    .doesNotContain(link.getPath().substring("/my-badges/".length()))
                    .doesNotContain(address);

            Page left = browser.submit(shelf, shelf.formTo("/my/shelf/leaving"), Map.of());
            assertThat(left.text()).contains("Your badges are closed.");
            assertThat(browser.open(at("/my/shelf")).status()).isEqualTo(401);
        } finally {
            platforms.setActive(launched.registration().id(), true);
        }
    }

    private void keepsSavesAndShares(Browser browser) {
        Page claim = browser.open(at("/my/badges/" + award.id() + "/claim"));
        assertThat(claim.text()).doesNotContain("value=\"RESULTS\"", "/refusal");
        Page refused = browser.submit(claim, claim.formTo("/claim"), Map.of("name", "NONE", "detail", "RESULTS"));
        assertThat(refused.status()).isEqualTo(404);
        Page kept = browser.submit(claim, claim.formTo("/claim"), Map.of("name", "NAME", "detail", "LEVEL"));

        assertThat(kept.text())
                .doesNotContain("/record\"", "/questions", "/endorsement", "/name\"", "/my/backpacks", "/wallet");
        for (String file : List.of(
                "/my/kit.zip",
                "/my/transcript.pdf",
                "/my/record.jws",
                "/my/badges/%d/image.png",
                "/my/badges/%d/credential.json",
                "/my/badges/%d/credential.jwt",
                "/my/badges/%d/certificate.pdf",
                "/pictures/" + picture(kept))) {
            assertThat(browser.open(at(file.formatted(award.id()))).status())
                    .as(file)
                    .isEqualTo(200);
        }
        Page shared = browser.submit(kept, kept.formTo("/share"), Map.of());
        URI publicPage = sharedPage(shared);
        assertThat(visitor().open(publicPage).status()).isEqualTo(200);
        browser.submit(shared, shared.formTo("/withdrawal"), Map.of());
        assertThat(visitor().open(publicPage).status()).isEqualTo(404);
    }

    /** Every address there is, with ids of hers in it, but those that a mailed link is for. */
    private void reachesNothingElse(Browser browser, Page shelf) {
        Map<String, String> csrf =
                Map.of("_csrf", shelf.formTo("/leaving").fields().get("_csrf"));
        List<String> refused = new ArrayList<>();
        mappings.getHandlerMethods()
                .keySet()
                .forEach(info -> info.getPatternValues().stream()
                        .filter(pattern -> Pattern.compile(
                                        "^/(my/|shelf|course|badges|institution|privacy|learners|home|import|deep|pictures)")
                                .matcher(pattern)
                                .find())
                        // These end the session.
                        .filter(pattern ->
                                !pattern.equals("/my/shelf/leaving") && !pattern.equals("/my/address/removal"))
                        .forEach(pattern -> {
                            URI uri = at(pattern.replaceAll("\\{[^}]*}", Long.toString(award.id())));
                            for (RequestMethod method :
                                    info.getMethodsCondition().getMethods()) {
                                Page answer = method == RequestMethod.GET
                                        ? browser.get(uri)
                                        : browser.post(uri, csrf, publicUrl.origin());
                                if (answer.status() == 404) {
                                    refused.add(method + " " + pattern);
                                } else {
                                    assertThat(OPEN).as(method + " " + pattern).contains(method + " " + pattern);
                                }
                            }
                        }));
        assertThat(refused)
                .hasSizeGreaterThan(100)
                .contains(
                        "GET /pictures/drawing",
                        "GET /privacy",
                        "POST /privacy/erasure",
                        "GET /my/address",
                        "POST /my/address",
                        "POST /my/address/confirmation",
                        "GET /my/badges/{awardId}/record",
                        "POST /my/badges/{awardId}/name",
                        "POST /my/badges/{awardId}/owner/{questionId}",
                        "POST /my/badges/{awardId}/refusal",
                        // A wallet answers "is it yours?" for ever.
                        "GET /my/badges/{awardId}/wallet",
                        "POST /my/badges/{awardId}/wallet",
                        "GET /my/messages",
                        "POST /my/accounts/link",
                        "GET /course");
    }

    /** What a mailed link is for, besides leaving and removing the address. */
    private static final List<String> OPEN = List.of(
            "GET /home",
            "GET /shelf",
            "GET /pictures/{imageId}",
            "GET /my/shelf",
            "GET /my/kit.zip",
            "GET /my/transcript.pdf",
            "GET /my/record.jws",
            "GET /my/badges/{awardId}",
            "GET /my/badges/{awardId}/image.png",
            "GET /my/badges/{awardId}/image.svg",
            "GET /my/badges/{awardId}/credential.json",
            "GET /my/badges/{awardId}/credential.jwt",
            "GET /my/badges/{awardId}/certificate.pdf",
            "GET /my/badges/{awardId}/claim",
            "POST /my/badges/{awardId}/claim",
            "GET /my/badges/{awardId}/disclosure",
            "POST /my/badges/{awardId}/disclosure",
            "GET /my/badges/{awardId}/share",
            "POST /my/badges/{awardId}/share",
            "GET /my/badges/{awardId}/share/end",
            "POST /my/badges/{awardId}/share/end",
            "POST /my/badges/{awardId}/share/until/{lastDay}",
            "POST /my/badges/{awardId}/share/withdrawal");

    @Test
    void thePageSaysTheSameWhateverTheAddressIsAndSendsFew() throws Exception {
        URI door =
                URI.create(found(DOOR, confirm(launched.launch(student(0)), 0).text()));
        String stranger = "bao." + UUID.randomUUID() + "@home.example";

        Browser asking = visitor();

        Page known = ask(asking, door, address);
        Page unknown = ask(asking, door, stranger);

        assertThat(known.text()).isEqualTo(unknown.text()).contains("If badges belong to this address");
        for (int i = 0; i < AddressMails.IN_AN_HOUR; i++) {
            assertThat(ask(asking, door, address).text()).isEqualTo(unknown.text());
            assertThat(ask(asking, door, stranger).text()).isEqualTo(unknown.text());
        }
        mailTo(address, 1 + AddressMails.IN_AN_HOUR);
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql(
                                        "SELECT COUNT(*) FROM address_mail WHERE tenant_id = ? AND kind = 'LINK' AND sent_at IS NOT NULL")
                                .param(tenant.value())
                                .query(Integer.class)
                                .single()
                        == 2 * AddressMails.IN_AN_HOUR);
        assertThat(to(address)).hasSize(1 + AddressMails.IN_AN_HOUR);
        assertThat(to(stranger)).isEmpty();
        assertThat(visitor()
                        .post(door, Map.of("email", address), "https://evil.example")
                        .status())
                .as("another site has its visitor ask")
                .isEqualTo(403);
        ask(visitor(), door, address);
        mailTo(address, 2 + AddressMails.IN_AN_HOUR);
        assertThat(count("address_mail", "kind = 'LINK'"))
                .as("a stranger uses up what others may ask for")
                .isEqualTo(2 * AddressMails.IN_AN_HOUR + 1);
        Page bad = ask(visitor(), door, "not an address");
        assertThat(bad.text()).contains("This is not an e-mail address", "value=\"not an address\"");
    }

    @Test
    void ofManyWhoAskAtTheSameMomentNoMoreAreMailed() throws Exception {
        confirm(launched.launch(student(0)), 0);
        byte[] hash = addresses.hash(tenant, MailAddress.of(address).orElseThrow());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Mail> asked = new ArrayList<>();
        for (int i = 0; i < 2 * AddressMails.IN_AN_HOUR; i++) {
            asked.add(Mail.link(hash, new byte[32], now));
        }
        for (int i = 0; i < 2 * AddressMails.BY_PERSON_IN_A_DAY; i++) {
            byte[] another = new byte[32];
            another[0] = (byte) (i + 1);
            asked.add(Mail.code(another, person(0), now));
        }
        // As if none of them had seen the others when it was noted down; the last is sent first.
        List<Long> numbers = new ArrayList<>(
                asked.stream().map(mail -> mailed.add(tenant, mail)).toList());
        Collections.reverse(numbers);

        numbers.forEach(number -> mails.run(tenant, Long.toString(number)));

        assertThat(count("address_mail", "kind = 'LINK'")).isEqualTo(AddressMails.IN_AN_HOUR);
        assertThat(count("shelf_link", "TRUE")).isEqualTo(AddressMails.IN_AN_HOUR);
        assertThat(count("address_mail", "kind = 'CODE'")).isEqualTo(AddressMails.BY_PERSON_IN_A_DAY);
    }

    @Test
    void byMailNobodyIsShownResultsThatAreShownToNobody() throws Exception {
        long badge = awards.ofPerson(tenant, person(1)).get(0).id();
        await().atMost(PATIENCE)
                .until(() -> credentials
                        .find(tenant, badge)
                        .filter(signed -> signed.jwt() != null)
                        .isPresent());
        Browser student = launched.launch(student(1));
        Page claim = student.open(at("/my/badges/" + badge + "/claim"));
        Page kept = student.submit(
                claim, claim.formTo("/claim"), Map.of("name", "NONE", "detail", "RESULTS", "audience", "me"));
        Page shared = student.submit(kept, kept.formTo("/share"), Map.of());
        URI before = sharedPage(shared);
        assertThat(visitor().open(URI.create(before + "/record")).status()).isEqualTo(200);
        student.submit(shared, shared.formTo("/withdrawal"), Map.of());
        confirm(student, 1);
        Browser browser = visitor();
        browser.follow(browser.post(newLink(), Map.of(), publicUrl.origin()));

        Page mine = browser.open(at("/my/badges/" + badge));
        Page choice = browser.open(at("/my/badges/" + badge + "/disclosure"));
        assertThat(mine.text()).doesNotContain("The record of how it was decided is on it");
        assertThat(choice.text()).doesNotContain("value=\"RESULTS\"");
        assertThat(browser.submit(choice, choice.formTo("/disclosure"), Map.of("name", "NONE", "detail", "RESULTS"))
                        .status())
                .isEqualTo(404);
        URI page = sharedPage(browser.submit(mine, mine.formTo("/share"), Map.of()));

        assertThat(visitor().open(page).status()).isEqualTo(200);
        for (String secret : List.of("/record", "/record.json", "/work")) {
            assertThat(visitor().open(URI.create(page + secret)).status())
                    .as(secret)
                    .isEqualTo(404);
        }
    }

    @Test
    void theAddressOfHerPlatformIsHerOwnOnlyWhereSheSaysThatItStaysHers() {
        Browser student = launched.launch(student(0));
        address = student(0).email().toUpperCase(Locale.ROOT);

        Page asked = wish(student);

        assertThat(asked.text()).contains("the address that your learning platform has for you", address);
        assertThat(count("own_address_wish", "TRUE")).isZero();

        Page sent = student.submit(asked, form(asked, "/my/address"), Map.of("email", address, "keeps", "true"));

        assertThat(sent.text()).contains("A code is on its way");
        assertThat(count("own_address_wish", "TRUE")).isOne();
    }

    @Test
    void sheRemovesTheAddressAlsoWhereSheLearnsNothingAnyMore() throws Exception {
        confirm(launched.launch(student(2)), 2);
        launched.lms()
                .tamperWithLaunches(token -> token.claim(
                                LtiNames.ROLES,
                                List.of("http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator"))
                        .without(LtiNames.CONTEXT)
                        .without(LtiNames.AGS_ENDPOINT)
                        .without(LtiNames.NAMES_AND_ROLES));
        try {
            Browser working = launched.launch(student(2));
            assertThat(working.open(at("/privacy")).text()).contains("/my/address");
            Page mine = working.open(at("/my/address"));
            assertThat(mine.text()).contains(address).doesNotContain("Send me a code");

            Page removed = working.submit(mine, mine.formTo("/removal"), Map.of());

            assertThat(removed.text()).contains("The address is removed.").doesNotContain(address);
            assertThat(count("own_address", "TRUE")).isZero();
        } finally {
            launched.lms().tamperWithLaunches(token -> token);
            launched.launch(student(2));
        }
    }

    @Test
    void anHourAfterSheCameByMailHerBadgesAreClosedAndThePageSaysTheWayBack() throws Exception {
        URI link = link();
        Browser browser = visitor();
        browser.follow(browser.post(link, Map.of(), publicUrl.origin()));
        assertThat(browser.open(at("/my/shelf")).status()).isEqualTo(200);

        assertThat(jdbc.sql("""
                                UPDATE SPRING_SESSION SET CREATION_TIME = CREATION_TIME - ?
                                WHERE PRIMARY_ID IN (SELECT SESSION_PRIMARY_ID FROM SPRING_SESSION_ATTRIBUTES
                                    WHERE ATTRIBUTE_NAME = 'mailed')""").param(Duration.ofMinutes(61).toMillis()).update())
                .isPositive();
        Page over = browser.open(at("/my/shelf"));
        assertThat(over.status()).isEqualTo(401);
        assertThat(over.text()).contains("A mailed link opens them for an hour at most", door().getPath());
    }

    @Test
    void ofTwoWhoSpendALinkAtTheSameMomentOneComesIn() throws Exception {
        URI link = link();
        ExecutorService both = Executors.newFixedThreadPool(2);
        Callable<Page> spend = () -> visitor().post(link, Map.of(), publicUrl.origin());

        List<Integer> answers = new ArrayList<>();
        for (Future<Page> answer : both.invokeAll(List.of(spend, spend))) {
            answers.add(answer.get().status());
        }
        both.shutdown();

        assertThat(answers).containsExactlyInAnyOrder(302, 404);
    }

    @Test
    void whatIsOverForgedOrPressedByAnotherSiteOpensNothing() throws Exception {
        URI link = link();

        Page pushed = visitor().post(link, Map.of(), "https://evil.example");
        assertThat(pushed.status()).isEqualTo(404);
        assertThat(visitor().open(link).status()).as("it did not spend it").isEqualTo(200);
        URI forged = link.resolve("/my-badges/" + "A".repeat(32));
        assertThat(visitor().open(forged).status()).isEqualTo(404);
        assertThat(visitor().post(forged, Map.of(), publicUrl.origin()).status())
                .isEqualTo(404);
        jdbc.sql("UPDATE shelf_link SET ends_at = UTC_TIMESTAMP(6) WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
        Page late = visitor().open(link);
        assertThat(late.status()).isEqualTo(404);
        assertThat(late.text()).contains("This link opens nothing any more", "Ask for a new link");
        assertThat(visitor().post(link, Map.of(), publicUrl.origin()).status()).isEqualTo(404);
    }

    @Test
    void whoRemovesOrChangesTheAddressOrIsErasedEndsItsLinksAndSessions() throws Exception {
        Browser student = launched.launch(student(2));
        confirm(student, 2);
        List<URI> links = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            links.add(newLink());
        }
        Browser came = visitor();
        assertThat(came.follow(came.post(links.get(0), Map.of(), publicUrl.origin()))
                        .text())
                .contains("You have no badges here.");

        Page mine = student.open(at("/my/address"));
        student.submit(mine, mine.formTo("/removal"), Map.of());

        assertThat(came.open(at("/my/shelf")).status()).isEqualTo(401);
        assertThat(visitor().open(links.get(1)).status()).isEqualTo(404);
        await().atMost(PATIENCE).until(() -> farewells(address).size() == 1);

        confirm(student, 2);
        came.post(newLink(), Map.of(), publicUrl.origin());
        assertThat(came.open(at("/my/shelf")).status()).isEqualTo(200);
        String before = address;
        address = "other." + before;
        confirm(student, 2);
        assertThat(came.open(at("/my/shelf")).status()).as("another address").isEqualTo(401);
        await().atMost(PATIENCE).until(() -> farewells(before).size() == 2);
        assertThat(farewells(before).get(1))
                .contains("another one was put in its place")
                .doesNotContain(address);

        assertThat(student.open(at("/privacy/data.json")).text()).contains("\"address\":\"" + address);
        assertThat(student.open(at("/privacy")).text()).contains("to reach your badges", address);
        URI last = newLink();
        erasures.erase(tenant, person(2));
        assertThat(visitor().open(last).status()).isEqualTo(404);
        assertThat(jdbc.sql("SELECT COUNT(*) FROM own_address WHERE tenant_id = ?")
                        .param(tenant.value())
                        .query(Integer.class)
                        .single())
                .isZero();
        launched.launch(student(2));
    }

    @Test
    void aCodeCountsOnceForMinutesAndIsNotTriedOutAndNoAddressCountsWithoutIt() throws Exception {
        Browser student = launched.launch(student(0));
        wish(student);
        MimeMessage mail = mailTo(address, 1);
        String code = found(CODE, text(mail));
        String wrong = code.startsWith("0") ? "111 111" : "000 000";

        assertThat(text(mail)).contains("type this code in Laurel", "do nothing and give the code to nobody");
        ask(visitor(), door(), address);
        assertThat(type(student, wrong).text()).contains("That is not the code of the newest message");
        jdbc.sql("UPDATE own_address_wish SET code_ends_at = UTC_TIMESTAMP(6) WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
        assertThat(type(student, code).text()).contains("This code does not count");

        wish(student);
        String second = found(CODE, text(mailTo(address, 2)));
        wrong = second.startsWith("0") ? "111111" : "000000";
        for (int i = 0; i < 5; i++) {
            type(student, wrong);
        }
        assertThat(type(student, second).text()).as("tried too often").contains("This code does not count");
        assertThat(jdbc.sql("SELECT COUNT(*) FROM own_address WHERE tenant_id = ?")
                        .param(tenant.value())
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(to(address)).as("no link to what is not confirmed").hasSize(2);

        for (int i = 0; i < AddressMails.BY_PERSON_IN_A_DAY - 2; i++) {
            address = i + "." + address;
            wish(student);
            mailTo(address, 1);
        }
        Page often = wish(student);
        assertThat(often.text()).contains("Too many codes were asked for.", "value=\"" + address + "\"");
    }

    @Test
    void ofTwoAccountsWithOneAddressEachHasALinkOfItsOwn() throws Exception {
        confirm(launched.launch(student(0)), 0);
        confirm(launched.launch(student(1)), 1);

        ask(visitor(), door(), address);

        String text = text(mailTo(address, 3));
        assertThat(text).contains("Several accounts have badges that belong to this address");
        List<String> links =
                LINK.matcher(text).results().map(match -> match.group()).toList();
        assertThat(links).hasSize(2);
        for (int number : List.of(0, 1)) {
            Browser browser = visitor();
            Page shelf = browser.follow(browser.post(URI.create(links.get(number)), Map.of(), publicUrl.origin()));
            assertThat(shelf.text())
                    .contains(student(number).familyName())
                    .doesNotContain(student(1 - number).familyName());
            assertThat(browser.open(at("/my/badges/"
                                    + awards.ofPerson(tenant, person(1 - number))
                                            .get(0)
                                            .id()))
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void whoOnlyActsAsHerIsNotToldTheAddressAndNobodyGivesOneInATestCopy() throws Exception {
        confirm(launched.launch(student(0)), 0);
        launched.lms()
                .tamperWithLaunches(token -> token.claim(LtiNames.CUSTOM, Map.of("canvas_masquerading_user_id", "17")));
        try {
            Browser masked = launched.launch(student(0));

            assertThat(masked.open(at("/my/address")).text())
                    .contains("which only the person can see")
                    .doesNotContain(address);
            assertThat(masked.open(at("/privacy/data.json")).text()).doesNotContain(address);
            launched.lms()
                    .tamperWithLaunches(
                            token -> token.claim(LtiNames.CUSTOM, Map.of("canvas_environment_test", "test")));
            assertThat(launched.launch(student(0)).open(at("/my/address")).status())
                    .as("in a test copy others sign in as her")
                    .isEqualTo(404);
        } finally {
            launched.lms().tamperWithLaunches(token -> token);
        }
    }

    @Test
    void byALinkSheCanAlsoDoWithoutTheAddress() throws Exception {
        URI link = link();
        Browser browser = visitor();
        Page shelf = browser.follow(browser.post(link, Map.of(), publicUrl.origin()));

        Page removed = browser.submit(shelf, shelf.formTo("/removal"), Map.of());

        assertThat(removed.text()).contains("Your badges cannot be reached by it any more.");
        assertThat(browser.open(at("/my/shelf")).status()).isEqualTo(401);
        assertThat(launched.launch(student(0)).open(at("/my/address")).text()).doesNotContain(address);
    }

    /** A link to the first student's badges, which nobody has opened. */
    private URI link() throws Exception {
        confirm(launched.launch(student(0)), 0);
        return newLink();
    }

    private Page ask(Browser browser, URI door, String email) {
        Page page = browser.open(door);
        return browser.submit(page, page.formTo("/my-badges"), Map.of("email", email));
    }

    private Page wish(Browser student) {
        Page page = student.open(at("/my/address"));
        return student.submit(page, form(page, "/my/address"), Map.of("email", address));
    }

    private Page type(Browser student, String code) {
        Page page = student.open(at("/my/address"));
        return student.submit(page, page.formTo("/confirmation"), Map.of("code", code));
    }

    /** She asks for a code, reads it and types it; waits for what is told to the address that her LMS knows. */
    private Page confirm(Browser student, int number) throws Exception {
        int codes = to(address).size();
        int told = notices(number).size();
        assertThat(wish(student).text()).contains("A code is on its way");
        Page confirmed = type(student, found(CODE, text(mailTo(address, codes + 1))));
        await().atMost(PATIENCE).until(() -> notices(number).size() > told);
        assertThat(text(notices(number).get(told))).doesNotContain(address);
        return confirmed;
    }

    private List<MimeMessage> notices(int number) {
        return to(student(number).email()).stream()
                .filter(message -> text(message).contains("added another e-mail address"))
                .toList();
    }

    /** Whoever reads an address is told that it opens nothing any more. */
    private static List<String> farewells(String who) {
        return to(who).stream()
                .map(ReturningIntegrationTests::text)
                .filter(text -> text.contains("Until now this e-mail address opened badges"))
                .toList();
    }

    private int count(String table, String which) {
        return jdbc.sql("SELECT COUNT(*) FROM " + table + " WHERE tenant_id = ? AND " + which)
                .param(tenant.value())
                .query(Integer.class)
                .single();
    }

    private static URI sharedPage(Page mine) {
        return URI.create(found(Pattern.compile("http\\S+/b/[\\w-]{32}(?=\")"), mine.text()));
    }

    private static Page.Form form(Page page, String action) {
        return page.forms().stream()
                .filter(form -> form.action().endsWith(action))
                .findFirst()
                .orElseThrow();
    }

    /** The newest of so many messages to an address, once they are there. */
    private MimeMessage mailTo(String who, int count) {
        await().atMost(PATIENCE).until(() -> to(who).size() >= count);
        return to(who).get(count - 1);
    }

    /** What is mailed when her address is typed at the door. */
    private URI newLink() {
        int before = to(address).size();
        ask(visitor(), door(), address);
        return URI.create(found(LINK, text(mailTo(address, before + 1))));
    }

    /** Somebody whom no page knows, from a network that nobody else comes from. */
    private static Browser visitor() {
        return Browser.from(String.format("2001:db8:%x:%x::1", RANDOM.nextInt(0x10000), RANDOM.nextInt(0x10000)));
    }

    private static List<MimeMessage> to(String who) {
        return Arrays.stream(SERVER.getReceivedMessages())
                .filter(message -> recipient(message).equalsIgnoreCase(who))
                .toList();
    }

    private static String recipient(MimeMessage message) {
        try {
            return message.getAllRecipients()[0].toString();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(MimeMessage message) {
        try {
            return String.valueOf(message.getContent()).replace("\r", "");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String found(Pattern pattern, String text) {
        Matcher match = pattern.matcher(text);
        assertThat(match.find()).as(pattern + " in " + text).isTrue();
        return match.groupCount() == 0 ? match.group() : match.group(1);
    }

    private static String picture(Page page) {
        return found(Pattern.compile("/pictures/(\\d+)"), page.text());
    }

    private URI door() {
        return at(jdbc.sql("SELECT public_id FROM issuer WHERE tenant_id = ? AND kind = 'COURSE'")
                .param(tenant.value())
                .query((row, n) -> "/issuers/" + row.getString(1) + "/my-badges")
                .single());
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }

    private LmsUser student(int number) {
        return launched.lms().course().student(number);
    }

    private long person(int number) {
        return launched.person(student(number));
    }
}
