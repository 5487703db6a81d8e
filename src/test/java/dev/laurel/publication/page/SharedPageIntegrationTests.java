package dev.laurel.publication.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Details;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.IssuerDetails;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.AwardNotFoundException;
import dev.laurel.award.Awards;
import dev.laurel.award.AwardsReinstated;
import dev.laurel.award.AwardsSuspended;
import dev.laurel.credential.CredentialFormat;
import dev.laurel.credential.CredentialFormats;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.KnownByKey;
import dev.laurel.credential.Reissues;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.endorsement.Endorsement;
import dev.laurel.credential.endorsement.Endorsements;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.launch.session.Role;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.road.Footprint;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.Trail;
import dev.laurel.platform.secrets.Token;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.QrCode;
import dev.laurel.publication.ShareCounts;
import dev.laurel.publication.Shares;
import dev.laurel.publication.pdf.VeraPdf;
import jakarta.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.server.ResponseStatusException;

@LaurelTest
@Import(TestAwards.class)
class SharedPageIntegrationTests {

    private static final String[] BELOW = {
        "",
        "/certificate.pdf",
        "/image.png",
        "/credential.json",
        "/credential.jwt",
        "/picture",
        "/card.png",
        "/qr.svg",
        "/embed"
    };

    private final HttpClient http = HttpClient.newHttpClient();

    @Autowired
    TestAwards testAwards;

    @Autowired
    Awards awards;

    @Autowired
    Issuers issuers;

    @Autowired
    Shares shares;

    @Autowired
    Endorsements endorsements;

    @Autowired
    Credentials credentials;

    @Autowired
    ShareCounts shareCounts;

    @Autowired
    TranscriptController transcripts;

    @Autowired
    Trail publicationTrail;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Reissues reissues;

    @Autowired
    CredentialFormats formats;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    private record Earned(Course course, Award award, StoredCredential stored) {}

    private Earned earned(String name, Award.NameShown shown) {
        return earned(testAwards.course(TestAwards.draft(name)), shown);
    }

    private Earned earned(Course course, Award.NameShown shown) {
        long person = testAwards.person(course, "ada");
        Award award = testAwards.decide(course, person);
        StoredCredential stored = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> credentials.find(course.tenant(), award.id()),
                        found -> found.isPresent() && found.get().jwt() != null)
                .orElseThrow();
        return new Earned(course, awards.claim(course.tenant(), award.id(), person, shown), stored);
    }

    private String share(Earned earned) {
        return shares.share(
                earned.course().tenant(), earned.award().id(), earned.award().personId());
    }

    @Test
    void aSharedBadgeShowsThatItVerifies() throws Exception {
        Earned earned = earned("Essayist 漢字 🎓", Award.NameShown.NONE);

        HttpResponse<byte[]> page = get(share(earned), "text/html");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(text(page))
                .contains(
                        "Essayist 漢字 🎓",
                        "At least 80 % in the final quiz.",
                        "Verified just now",
                        "not the institution")
                .contains("https only")
                .doesNotContain("Ada", "Lovelace", "<script", "No:");
        assertThat(page.body().length).isLessThan(30_000);
        assertThat(page.headers().firstValue("x-robots-tag")).hasValue("noindex, nofollow");
        assertThat(page.headers().firstValue("set-cookie")).isEmpty();
        assertThat(page.headers().firstValue("cache-control")).hasValue("no-store");
    }

    @Test
    void theHoldersNameStandsThereOnlyIfSheAgreed() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NAME);

        assertThat(text(get(share(earned), "text/html")))
                .contains("Ada Lovelace")
                .doesNotContain("example.org");
    }

    @Test
    void initialsAreEnoughForWhoWantsNoMore() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.INITIALS);

        assertThat(text(get(share(earned), "text/html"))).contains("A. L.").doesNotContain("Ada", "Lovelace");
    }

    @Test
    void whoHasTenSecondsReadsWhatWhoseWhenWhetherItHoldsAndHowItWasEarned() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NAME);
        String html = text(get(share(earned), "text/html"));
        String page = html.substring(html.indexOf("<main"));

        assertThat(List.of(
                        "Essayist</h1>", "Ada Lovelace", "Issued by", "Earned on", "Verified just now", "What it took"))
                .isSortedAccordingTo(Comparator.comparingInt(page::indexOf))
                .allSatisfy(words -> assertThat(page).contains(words));
    }

    @Test
    void whoStandsBehindTheBadgeOrItsIssuerStandsThereOnceItIsApproved() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NONE);
        TenantId tenant = earned.course().tenant();
        String url = share(earned);
        String badge = credentials.achievementId(earned.course().badge());
        String issuer = credentials.dids(earned.course().issuer().publicId()).get(0);
        for (JsonObject each : List.of(
                new KnownByKey("Federation of Writers", 7).endorses(badge, "We take it for our first year."),
                new KnownByKey("Council of Colleges", 8).endorses(issuer, "It teaches well."))) {
            Endorsement brought = endorsements.bring(tenant, 1, JsonBytes.write(each));
            assertThat(text(get(url, "text/html"))).doesNotContain(brought.endorser());
            endorsements.decide(tenant, brought.id(), true, 1);
        }

        assertThat(text(get(url, "text/html")))
                .contains(
                        "Who stands behind it",
                        "Federation of Writers",
                        "We take it for our first year.",
                        "Who stands behind its issuer",
                        "Council of Colleges",
                        "It teaches well.");
    }

    @Test
    void whoStandsBehindItSinceTheBadgeWasSignedIsMarkedAndWhoDoesNotAnyMoreIsNotThere() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NONE);
        TenantId tenant = earned.course().tenant();
        String url = share(earned);
        Endorsement brought = endorsements.bring(
                tenant,
                1,
                JsonBytes.write(new KnownByKey("Federation of Writers", 7)
                        .endorses(credentials.achievementId(earned.course().badge()), "We take it.")));
        endorsements.decide(tenant, brought.id(), true, 1);
        assertThat(text(get(url, "text/html"))).contains("Federation of Writers", "after this badge was signed.");

        jdbc.sql("UPDATE endorsement SET decided_at = decided_at - INTERVAL 1 DAY WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
        endorsements.decide(tenant, brought.id(), true, 1);
        assertThat(text(get(url, "text/html")))
                .as("it stood then, and still does")
                .contains("Federation of Writers")
                .doesNotContain("after this badge was signed");

        jdbc.sql("UPDATE endorsement SET state = 'ENDED' WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
        assertThat(text(get(url, "text/html"))).doesNotContain("Federation of Writers");
    }

    @Test
    void howItWasEarnedIsSaidAsTheSignedBadgeSaysIt() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NONE);
        assertThat(credentials.signedWords("""
                                {"evidence": [{"genre": "Assessment", "narrative": "Awarded by rule from one score in the course gradebook."}]}""".getBytes(StandardCharsets.UTF_8)).assessment())
                .isEqualTo("Awarded by rule from one score in the course gradebook.");
        assertThat(credentials.signedWords(earned.stored().embedded()).assessment())
                .isNull();
        assertThat(credentials
                        .signedWords("no JSON".getBytes(StandardCharsets.UTF_8))
                        .assessment())
                .isNull();
        assertThat(text(get(share(earned), "text/html"))).doesNotContain("How it was earned");
    }

    /** HTML, styles, picture, QR code and icon: what a browser loads. */
    @Test
    void thePageIsLightWithEverythingThatItLoads() throws Exception {
        String url = share(earned("Essayist", Award.NameShown.NAME));
        HttpResponse<byte[]> page = get(url, "text/html");
        int bytes = page.body().length;
        Matcher loaded = Pattern.compile("(?:src|<link rel=\"(?:stylesheet|icon)\"[^>]*? href)=\"([^\"]+)\"")
                .matcher(text(page));
        int parts = 0;
        while (loaded.find()) {
            HttpResponse<byte[]> part =
                    get(URI.create(url).resolve(loaded.group(1)).toString(), "*/*");
            assertThat(part.statusCode()).as(loaded.group(1)).isEqualTo(200);
            bytes += part.body().length;
            parts++;
        }

        assertThat(parts).isEqualTo(4);
        assertThat(bytes).isLessThan(100_000);
    }

    @Test
    void onePageOfItStandsInAnyFrameAndAsksForNothing() throws Exception {
        String url = share(earned("Essayist", Award.NameShown.NAME));

        HttpResponse<byte[]> embedded = get(url + "/embed", "text/html");

        assertThat(embedded.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "frame-ancestors *")
                        .doesNotContain("script-src"));
        assertThat(embedded.headers().firstValue("x-frame-options")).isEmpty();
        assertThat(embedded.headers().firstValue("set-cookie")).isEmpty();
        assertThat(embedded.body().length).isLessThan(4_000);
        assertThat(text(embedded))
                .contains("Essayist", "Ada Lovelace", "Verified just now")
                .doesNotContain("<script", "<form", "<button");
        HttpResponse<byte[]> page = get(url, "text/html");
        assertThat(text(page)).contains("&lt;iframe src=&quot;" + url + "/embed&quot;");
        for (HttpResponse<byte[]> other : List.of(page, get(url + "/picture", "*/*"))) {
            assertThat(other.headers().firstValue("content-security-policy"))
                    .hasValueSatisfying(policy -> assertThat(policy).contains("frame-ancestors 'none'"));
            assertThat(other.headers().firstValue("x-frame-options")).hasValue("DENY");
        }
    }

    @Test
    void servicesThatShowLinksFindACardWithAPicture() throws Exception {
        String url = share(earned("Essayist", Award.NameShown.INITIALS));

        assertThat(text(get(url, "text/html")))
                .contains("<meta property=\"og:title\" content=\"Essayist\">")
                .contains("<meta property=\"og:url\" content=\"" + url + "\">")
                .contains("<meta property=\"og:image\" content=\"" + url + "/card.png\">");
        BufferedImage card = ImageIO.read(
                new ByteArrayInputStream(get(url + "/card.png", "image/*").body()));
        assertThat(card.getWidth()).isEqualTo(1200);
        assertThat(card.getHeight()).isEqualTo(630);
    }

    @Test
    void itsAddressCanBeReadFromAPrintedPage() throws Exception {
        String url = share(earned("Essayist", Award.NameShown.NONE));

        HttpResponse<byte[]> code = get(url + "/qr.svg", "image/*");

        assertThat(code.headers().firstValue("content-type")).hasValue("image/svg+xml");
        assertThat(text(code)).isEqualTo(QrCode.of(url).svg(url));
    }

    @Test
    void linkedInGetsAFormFilledIn() throws Exception {
        Earned earned = earned("C & C++ = fun? 漢字", Award.NameShown.NONE);
        String url = share(earned);

        Map<String, String> fields = linkedInForm(url);

        assertThat(fields)
                .containsEntry("name", "C & C++ = fun? 漢字")
                .containsEntry("organizationName", earned.course().issuer().name())
                .containsEntry("issueYear", String.valueOf(Year.now(ZoneOffset.UTC)))
                .containsEntry("certUrl", url)
                .containsEntry("certId", earned.stored().publicId().toString())
                .containsKey("issueMonth")
                .doesNotContainKey("expirationYear");
    }

    @Test
    void linkedInShowsTheLogoOfAnInstitutionThatHasAPageThere() throws Exception {
        Course first = testAwards.course(TestAwards.draft("Any badge"));
        TenantId tenant = first.tenant();
        Issuer college = issuers.createForInstitution(tenant, "Northfield College", 1);
        issuers.grant(tenant, college.id(), first.contextId(), 1);
        issuers.describe(
                tenant, college.id(), college.name(), new IssuerDetails(null, null, null, null, null, "1035"), null);
        Earned earned = earned(
                testAwards.courseAt(tenant, first.contextId(), TestAwards.draft("Fieldwork"), 1), Award.NameShown.NONE);

        Map<String, String> fields = linkedInForm(share(earned));

        assertThat(fields).containsEntry("organizationId", "1035").doesNotContainKey("organizationName");
    }

    @Test
    void whomItsIssuerBelongsToIsSaidAsTheSignedBadgeSaysIt() throws Exception {
        Course first = testAwards.course(TestAwards.draft("Any badge"));
        TenantId tenant = first.tenant();
        Issuer college = issuers.createForInstitution(tenant, "Northfield College", 1);
        issuers.grant(tenant, college.id(), first.contextId(), 1);
        Earned bare = earned(
                testAwards.courseAt(tenant, first.contextId(), TestAwards.draft("Sketching"), 1), Award.NameShown.NONE);
        issuers.describe(tenant, college.id(), college.name(), belongingTo("State University", "state"), null);
        Earned earned = earned(
                testAwards.courseAt(tenant, first.contextId(), TestAwards.draft("Fieldwork"), 1), Award.NameShown.NONE);

        issuers.describe(tenant, college.id(), college.name(), belongingTo("Harbour Group", "harbour"), null);

        assertThat(text(get(share(earned), "text/html")))
                .contains("State University", "https://college.state.example", "https://state.example")
                .doesNotContain("Harbour Group", "harbour.example");
        assertThat(text(get(share(bare), "text/html")))
                .doesNotContain("Who issued it", "State University", "Harbour Group", "harbour.example");
    }

    private static IssuerDetails belongingTo(String name, String host) {
        return new IssuerDetails(
                "https://college." + host + ".example",
                null,
                null,
                null,
                new IssuerDetails.Parent(name, "https://" + host + ".example"),
                null);
    }

    private Map<String, String> linkedInForm(String url) throws Exception {
        HttpResponse<byte[]> answer = get(url + "/linkedin", "text/html");
        assertThat(answer.statusCode()).isEqualTo(302);
        String form = answer.headers().firstValue("location").orElseThrow();
        assertThat(form).startsWith("https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&");
        return Arrays.stream(form.substring(form.indexOf('?') + 1).split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    @Test
    void whoeverMadeABadgeTogetherWithTheInstitutionStandsBesideIt() throws Exception {
        Course first = testAwards.course(TestAwards.draft("Any badge"));
        TenantId tenant = first.tenant();
        Issuer college = issuers.createForInstitution(tenant, "Northfield College", 1);
        issuers.grant(tenant, college.id(), first.contextId(), 1);
        Details details = new Details(
                "Badge",
                List.of(),
                null,
                null,
                null,
                null,
                null,
                new Details.Partner("Guild of Writers", "https://guild.example"),
                List.of(),
                null,
                null,
                false);
        Course course = testAwards.courseAt(
                tenant,
                first.contextId(),
                new AchievementDraft(
                        "Fieldwork",
                        "",
                        "80 %",
                        "#2f6f4e",
                        null,
                        new AchievementDraft.Worth(null, null, List.of(), details)),
                1);
        Earned earned = earned(course, Award.NameShown.NONE);
        String url = share(earned);

        for (String page : List.of(url, credentials.achievementId(course.badge()))) {
            assertThat(text(get(page, "text/html")))
                    .contains("Made together with", "Guild of Writers", "https://guild.example");
        }
        HttpResponse<byte[]> pdf = get(url + "/certificate.pdf", "application/pdf");
        VeraPdf.assertAccessible(pdf.body());
        try (PDDocument certificate = Loader.loadPDF(pdf.body())) {
            assertThat(new PDFTextStripper().getText(certificate)).contains("Made together with", "Guild of Writers");
        }
    }

    @Test
    void theCertificateSaysWhatThePageSaysAndWhereThatIs() throws Exception {
        Earned earned = earned("Essayist from Łódź שרה", Award.NameShown.NAME);
        String url = share(earned);

        HttpResponse<byte[]> pdf = get(url + "/certificate.pdf", "application/pdf");

        assertThat(pdf.headers().firstValue("content-type")).hasValue("application/pdf");
        VeraPdf.assertAccessible(pdf.body());
        try (PDDocument certificate = Loader.loadPDF(pdf.body())) {
            assertThat(certificate.getDocumentInformation().getTitle())
                    .isEqualTo("Certificate: Essayist from Łódź שרה");
            assertThat(certificate.getDocumentCatalog().getLanguage()).isEqualTo("en");
            assertThat(certificate.getDocumentCatalog().getMarkInfo().isMarked())
                    .isTrue();
            assertThat(certificate.getNumberOfPages()).isEqualTo(1);
            assertThat(new PDFTextStripper().getText(certificate).replace("\n", " "))
                    .contains("Essayist from Łódź", "שרה", "Earned by", "Ada Lovelace")
                    .contains(
                            "At least 80 % in the final quiz.",
                            earned.stored().publicId().toString())
                    .contains(url.substring(url.lastIndexOf('/') + 1))
                    .doesNotContain("could not be printed", "#");
        }
    }

    @Test
    void theListOfAllThatSheHoldsIsATableWithHerName() throws Exception {
        Earned earned = earned("Essayist from Łódź", Award.NameShown.NONE);
        SignedIn ada = new SignedIn(
                1,
                earned.course().tenant(),
                earned.award().personId(),
                earned.course().contextId(),
                null,
                Set.of(Role.LEARNER),
                null,
                Reference.next());

        byte[] pdf = Objects.requireNonNull(
                transcripts.transcript(ada, Locale.ENGLISH).getBody());

        VeraPdf.assertAccessible(pdf);
        try (PDDocument transcript = Loader.loadPDF(pdf)) {
            assertThat(transcript.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(transcript.getDocumentInformation().getTitle()).isEqualTo("Badges earned");
            assertThat(new PDFTextStripper().getText(transcript))
                    .contains(
                            "Ada Lovelace",
                            "Essayist from Łódź",
                            earned.course().issuer().name().substring(0, 6))
                    .contains(earned.award().publicId().toString().substring(0, 8));
        }
        reissues.reissue(
                earned.course().tenant(), earned.award().id(), earned.award().personId(), true, false);
        jdbc.sql("UPDATE issuer SET name = 'Renamed since' WHERE tenant_id = ?")
                .param(earned.course().tenant().value())
                .update();
        UUID number = credentials
                .find(earned.course().tenant(), earned.award().id())
                .orElseThrow()
                .publicId();
        byte[] later = Objects.requireNonNull(
                transcripts.transcript(ada, Locale.ENGLISH).getBody());
        try (PDDocument transcript = Loader.loadPDF(later)) {
            assertThat(new PDFTextStripper().getText(transcript))
                    .as("the badge that is in force, as it was signed")
                    .contains(
                            number.toString().substring(0, 8),
                            earned.course().issuer().name().substring(0, 6))
                    .doesNotContain(earned.award().publicId().toString().substring(0, 8), "Renamed");
        }
        jdbc.sql("UPDATE award SET revoked_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id = ?")
                .params(earned.course().tenant().value(), earned.award().id())
                .update();
        assertThatThrownBy(() -> transcripts.transcript(ada, Locale.ENGLISH))
                .as("what was taken back is not held")
                .isInstanceOf(ResponseStatusException.class);
    }

    @Test
    void looksOfStrangersAreCountedAndNothingElse() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NONE);
        String url = share(earned);
        String person = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        look(url, "GET", person, "");
        look(url, "GET", person, "https://mail.example/");
        look(url, "HEAD", person, "");
        look(url, "GET", person, publicUrl.at("/my/badges/" + earned.award().id()));
        look(url, "GET", "Mozilla/5.0 (compatible; Googlebot/2.1)", "");
        look(url, "GET", "facebookexternalhit/1.1", "");
        look(url + "/embed", "GET", person, "https://blog.example/");
        look(
                url + "/linkedin",
                "GET",
                person,
                publicUrl.at("/my/badges/" + earned.award().id()));
        look(url + "/image.png", "GET", person, "");

        assertThat(shareCounts.of(earned.course().tenant(), earned.award().id()))
                .isEqualTo(new ShareCounts.Counts(2, 1, 1, 0));
    }

    private void look(String url, String method, String program, String from) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("User-Agent", program)
                .header("Accept", "text/html");
        if (!from.isEmpty()) {
            request.header("Referer", from);
        }
        assertThat(http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isLessThan(400);
    }

    @Test
    void aSuspendedBadgeSaysThatItIsSuspendedAndCountsAgainOnceThatIsLifted() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NAME);
        String address = share(earned);
        suspended(earned, true);

        assertThat(text(get(address, "text/html")))
                .contains("This badge is suspended: it does not count for now.", "Not valid at the moment")
                .contains("did not take it back")
                .doesNotContain("Verified just now", "could not be verified");
        assertThat(get(address, "application/json").body())
                .as("whoever reads it looks its status up")
                .isEqualTo(earned.stored().embedded());
        assertThat(get(address + "/record", "text/html").statusCode()).isEqualTo(404);

        suspended(earned, false);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(text(get(address, "text/html")))
                        .contains("Verified just now")
                        .doesNotContain("suspended"));
    }

    @Test
    void whoeverHasAnOldFileGetsTheNewestWhileItIsSharedAndNothingBefore() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NONE);
        TenantId tenant = earned.course().tenant();
        long person = earned.award().personId();
        String refresh = refresh(earned.stored());
        assertThat(text(earned.stored().embedded())).doesNotContain("Lovelace");

        assertThat(get(refresh, "*/*").statusCode()).as("not shared").isEqualTo(404);
        String address = share(earned);
        assertThat(get(refresh, "*/*").body()).isEqualTo(earned.stored().embedded());
        assertThat(reissues.reissue(tenant, earned.award().id(), person, true, false))
                .isEqualTo(Reissues.Answer.DONE);

        HttpResponse<byte[]> newest = get(refresh, "application/vc");
        assertThat(text(newest.body())).contains("Ada Lovelace", refresh);
        assertThat(newest.headers().firstValue("content-type")).hasValue("application/vc");
        assertThat(get(address + "/credential.json", "*/*").body())
                .as("the link shows the new one")
                .isEqualTo(newest.body());
        assertThat(get(refresh, "application/vc+jwt").body())
                .isEqualTo(get(address + "/credential.jwt", "*/*").body());
        assertThat(text(get(address, "text/html"))).contains("Verified just now");

        shares.withdraw(tenant, earned.award().id(), person);
        assertThat(get(refresh, "*/*").statusCode()).isEqualTo(404);
        assertThat(get(publicUrl.at("/refresh/" + Token.next()), "*/*").statusCode())
                .isEqualTo(404);
    }

    /** Certificates and profiles tell the number of a badge, and everybody may read the list of those that are not in force. */
    @Test
    void theNumberOfABadgeAloneOpensNothingHoweverOftenItIsShared() throws Exception {
        Course course = testAwards.course(TestAwards.draft("Essayist"));
        TenantId tenant = course.tenant();
        formats.choose(tenant, new CredentialFormat(CredentialFormat.Jwt.RS256, CredentialFormat.Status.IDS), 1);
        Earned earned = earned(course, Award.NameShown.NONE);
        long person = earned.award().personId();
        share(earned);
        shares.withdraw(tenant, earned.award().id(), person);
        share(earned);
        assertThat(reissues.reissue(tenant, earned.award().id(), person, true, false))
                .isEqualTo(Reissues.Answer.DONE);
        String list = JsonBytes.parse(earned.stored().embedded())
                .getJsonObject("credentialStatus")
                .getString("id");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> text(get(list, "*/*"))
                        .contains(earned.stored().publicId().toString()));
        StoredCredential newest = credentials.find(tenant, earned.award().id()).orElseThrow();
        for (UUID number : List.of(earned.stored().publicId(), newest.publicId())) {
            assertThat(get(publicUrl.at("/refresh/" + number), "*/*").statusCode())
                    .isEqualTo(404);
        }
        assertThat(get(refresh(earned.stored()), "*/*").body()).isEqualTo(newest.embedded());
    }

    private static String refresh(StoredCredential credential) {
        return JsonBytes.parse(credential.embedded())
                .getJsonObject("refreshService")
                .getString("id");
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Test
    void aFrameOfItSaysThatNobodyCanTellWhileItsStatusListCannotBeTrusted() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NAME);
        String url = share(earned);
        jdbc.sql("UPDATE status_list SET signed = NULL WHERE tenant_id = ?")
                .param(earned.course().tenant().value())
                .update();

        for (String page : List.of(url, url + "/embed")) {
            assertThat(text(get(page, "text/html")))
                    .contains("Not verified at the moment")
                    .doesNotContain("Verified just now");
        }
    }

    private void suspended(Earned earned, boolean suspended) {
        TenantId tenant = earned.course().tenant();
        transaction.executeWithoutResult(status -> {
            jdbc.sql("UPDATE award SET suspended_at = IF(?, UTC_TIMESTAMP(6), NULL) WHERE tenant_id = ? AND id = ?")
                    .params(suspended, tenant.value(), earned.award().id())
                    .update();
            List<Award> now = awards.find(tenant, List.of(earned.award().id()));
            events.publishEvent(suspended ? new AwardsSuspended(tenant, now) : new AwardsReinstated(tenant, now));
        });
        await().atMost(Duration.ofSeconds(30))
                .until(() -> credentials.verify(earned.stored().embedded()).suspended() == suspended);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, application/json, false",
        "application/ld+json, application/ld+json, false",
        "application/vc, application/vc, false",
        "'text/html;q=0.5,application/vc+ld+json', application/vc+ld+json, false",
        "application/vc+jwt, application/vc+jwt, true",
        "'application/jwt, text/html;q=0.9', application/jwt, true",
    })
    void theSameAddressAnswersWithTheStoredBytes(String accept, String type, boolean jwt) throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NONE);

        HttpResponse<byte[]> answer = get(share(earned), accept);

        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(value -> assertThat(value).startsWith(type));
        assertThat(answer.headers().allValues("vary")).contains("Accept");
        assertThat(answer.body())
                .isEqualTo(jwt ? earned.stored().jwt() : earned.stored().embedded());
    }

    @ParameterizedTest
    @CsvSource(
            value = {"*/*", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "nonsense", "''"},
            delimiter = '|')
    void everythingElseGetsThePage(String accept) throws Exception {
        HttpResponse<byte[]> answer = get(share(earned("Essayist", Award.NameShown.NONE)), accept);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).contains("<h1");
    }

    @Test
    void thePictureCarriesTheBadge() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NONE);

        HttpResponse<byte[]> image = get(share(earned) + "/image.png", "image/*");

        assertThat(image.headers().firstValue("content-type")).hasValue("image/png");
        assertThat(new String(image.body(), StandardCharsets.ISO_8859_1))
                .contains("openbadgecredential", new String(earned.stored().embedded(), StandardCharsets.ISO_8859_1));
    }

    @Test
    void beforeSharingAndAfterWithdrawingEverythingIsNotFound() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NONE);
        assertThat(shares.url(earned.course().tenant(), earned.award().id())).isEmpty();
        assertAll(publicUrl.at("/b/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), 404);

        String url = share(earned);
        assertAll(url, 200);
        assertThat(share(earned)).isEqualTo(url);

        shares.withdraw(
                earned.course().tenant(), earned.award().id(), earned.award().personId());
        assertAll(url, 404);
        assertThat(get(url, "application/json").statusCode()).isEqualTo(404);

        String again = share(earned);
        assertThat(again).isNotEqualTo(url);
        assertAll(again, 200);
        assertAll(url, 404);
        assertThat(publicationTrail.follow(
                        earned.course().tenant(), earned.award().reference()))
                .extracting(Footprint::outcome)
                .containsExactly("shared by its holder", "no longer shared", "shared by its holder");
    }

    @Test
    void aLinkWorksUntilItsEndAndIsThenLikeOneThatWasWithdrawn() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NAME);
        long person = earned.award().personId();
        String url = shares.share(
                earned.course().tenant(),
                earned.award().id(),
                person,
                Instant.now().plus(Duration.ofDays(30)));
        assertAll(url, 200);

        comeToItsEnd(earned);

        for (String[] asked : EVERY_WAY) {
            HttpResponse<byte[]> answer = ask(url, asked);
            assertThat(answer.statusCode()).as(String.join(" ", asked)).isEqualTo(404);
            assertThat(text(answer)).doesNotContain("Essayist", "Ada");
        }
        assertThat(shares.url(earned.course().tenant(), earned.award().id())).isEmpty();
        assertThat(shares.endedAt(earned.course().tenant(), earned.award().id()))
                .isPresent();
        // What has ended comes back under no old address.
        assertThat(shares.end(earned.course().tenant(), earned.award().id(), person, null))
                .isFalse();
        assertAll(url, 404);
        String again = share(earned);
        assertThat(again).isNotEqualTo(url);
        assertAll(again, 200);
        assertAll(url, 404);
        assertThat(publicationTrail.follow(
                        earned.course().tenant(), earned.award().reference()))
                .extracting(Footprint::outcome)
                .containsExactly("shared by its holder", "no longer shared", "shared by its holder");
    }

    @Test
    void itsHolderMovesTheEndOfALinkAndLiftsIt() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NONE);
        long award = earned.award().id();
        long person = earned.award().personId();
        Instant soon = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MICROS);
        String url = share(earned);

        assertThat(shares.end(earned.course().tenant(), award, person, soon)).isTrue();
        assertThat(shares.link(earned.course().tenant(), award)).hasValue(new Shares.Link(url, soon));
        assertThat(shares.end(earned.course().tenant(), award, person, null)).isTrue();

        assertThat(shares.link(earned.course().tenant(), award)).hasValue(new Shares.Link(url, null));
        assertAll(url, 200);
        assertThatThrownBy(() -> shares.end(earned.course().tenant(), award, person + 1, soon))
                .isInstanceOf(AwardNotFoundException.class);
    }

    private void comeToItsEnd(Earned earned) {
        jdbc.sql("UPDATE share SET ends_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND award_id = ?")
                .params(earned.course().tenant().value(), earned.award().id())
                .update();
    }

    /** In whatever form it is asked for, and nothing that an intermediary keeps may answer in its place. */
    @Test
    void onceWithdrawnNoFormOfItIsLeft() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NAME);
        String url = share(earned);
        for (String[] asked : EVERY_WAY) {
            HttpResponse<byte[]> answer = ask(url, asked);
            assertThat(answer.statusCode()).as(String.join(" ", asked)).isBetween(200, 299);
            assertThat(answer.headers().firstValue("cache-control"))
                    .as(String.join(" ", asked))
                    .hasValue("no-store");
        }
        shares.withdraw(
                earned.course().tenant(), earned.award().id(), earned.award().personId());
        for (String[] asked : EVERY_WAY) {
            HttpResponse<byte[]> answer = ask(url, asked);
            assertThat(answer.statusCode()).as(String.join(" ", asked)).isEqualTo(404);
            assertThat(text(answer)).doesNotContain("Essayist", "Ada");
        }
        for (String below : new String[] {"/", "/image.png/", "/credential", "/..%2f", ";x=1", "//", ".json"}) {
            assertThat(ask(url + below, new String[] {"GET", "", "Accept", "*/*"})
                            .statusCode())
                    .as(below)
                    .isBetween(400, 404);
        }
    }

    private static final String[][] EVERY_WAY = {
        {"GET", "", "Accept", "text/html"},
        {"HEAD", "", "Accept", "text/html"},
        {"GET", "", "Accept", "application/json"},
        {"GET", "", "Accept", "application/vc+jwt"},
        {"GET", "", "Accept", "image/png"},
        {"HEAD", "", "Accept", "application/ld+json"},
        {"GET", "", "Range", "bytes=0-9"},
        {"GET", "/image.png", "Accept", "text/html"},
        {"GET", "/image.png", "Range", "bytes=0-9"},
        {"HEAD", "/image.png", "Accept", "image/png"},
        {"GET", "/credential.json", "Accept", "*/*"},
        {"HEAD", "/credential.json", "Accept", "*/*"},
        {"GET", "/credential.json", "If-Modified-Since", "Wed, 21 Oct 2099 07:28:00 GMT"},
        {"GET", "/credential.jwt", "Accept", "text/html"},
        {"HEAD", "/credential.jwt", "Accept", "*/*"},
        {"GET", "/certificate.pdf", "Accept", "*/*"},
        {"GET", "/picture", "Accept", "image/*"},
        {"GET", "/card.png", "Accept", "image/*"},
        {"GET", "/qr.svg", "Accept", "image/*"},
        {"GET", "/embed", "Accept", "text/html"},
    };

    private HttpResponse<byte[]> ask(String url, String[] asked) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(url + asked[1]))
                        .method(asked[0], HttpRequest.BodyPublishers.noBody())
                        .header(asked[2], asked[3])
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void nobodyElseCanShareAndNothingUnclaimedIsShared() {
        Earned earned = earned("Essayist", Award.NameShown.NONE);
        Course course = earned.course();
        Award unclaimed = testAwards.decide(course, testAwards.person(course, "grace"));

        assertThatThrownBy(() -> shares.share(course.tenant(), earned.award().id(), unclaimed.personId()))
                .isInstanceOf(AwardNotFoundException.class);
        assertThatThrownBy(() -> shares.share(course.tenant(), unclaimed.id(), unclaimed.personId()))
                .isInstanceOf(AwardNotFoundException.class);
        assertThatThrownBy(() -> shares.withdraw(course.tenant(), earned.award().id(), unclaimed.personId()))
                .isInstanceOf(AwardNotFoundException.class);
    }

    @Test
    void oneByteFlippedInTheDatabaseAndThePageSaysInvalid() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NONE);
        String url = share(earned);
        byte[] flipped = earned.stored().embedded().clone();
        flipped[flipped.length / 2] ^= 1;
        jdbc.sql("UPDATE credential SET embedded = ? WHERE tenant_id = ? AND award_id = ?")
                .params(
                        flipped,
                        earned.course().tenant().value(),
                        earned.award().id())
                .update();

        HttpResponse<byte[]> page = get(url, "text/html");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(text(page))
                .contains("Not valid", "could not be verified", "No:")
                .doesNotContain("Verified just now");
        assertThat(get(url, "application/json").body()).isEqualTo(flipped);
    }

    @Test
    void whatWasTakenBackIsGone() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NONE);
        String url = share(earned);
        jdbc.sql("UPDATE award SET revoked_at = NOW(6) WHERE tenant_id = ? AND id = ?")
                .params(earned.course().tenant().value(), earned.award().id())
                .update();

        assertAll(url, 410);
    }

    @Test
    void theBadgeAndItsIssuerArePublicWithoutNamingAnybody() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NAME);
        String achievement =
                publicUrl.at("/achievements/" + earned.course().badge().achievementPublicId() + "/1");
        String issuer = publicUrl.at("/issuers/" + earned.course().issuer().publicId());

        assertThat(text(get(achievement, "text/html"))).contains("Essayist").doesNotContain("Lovelace");
        assertThat(text(get(achievement, "application/json"))).contains("\"type\":[\"Achievement\"]");
        assertThat(get(achievement + "/image.png", "*/*").headers().firstValue("content-type"))
                .hasValue("image/png");
        assertThat(text(get(issuer, "text/html"))).contains("did:web:", "not for the institution");
        assertThat(text(get(issuer, "application/json"))).contains("\"type\":[\"Profile\"]");
        assertThat(get(publicUrl.at("/achievements/" + earned.course().badge().achievementPublicId() + "/2"), "*/*")
                        .statusCode())
                .isEqualTo(404);
    }

    /** At one address, in several forms; and under the names of today and of before Laurel moved. */
    @Test
    void whatDiffersByWhoAsksIsKeptForNobodyElse() throws Exception {
        Course course = testAwards.course(TestAwards.draft("Essayist"));
        String achievement = publicUrl.at("/achievements/" + course.badge().achievementPublicId() + "/1");
        String issuer = publicUrl.at("/issuers/" + course.issuer().publicId());

        for (HttpResponse<byte[]> answer : List.of(
                get(achievement, "text/html"),
                get(achievement, "application/json"),
                get(issuer, "text/html"),
                get(issuer, "application/json"),
                get(issuer + "/did.json", "*/*"))) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().allValues("vary")).contains("Accept", "Host", "X-Forwarded-Host");
            assertThat(answer.headers().firstValue("cache-control")).hasValue("no-cache");
            assertThat(answer.headers().allValues("access-control-allow-origin"))
                    .containsExactly("*");
        }
    }

    @Test
    void downloadsAreNobodysButTheHolders() throws Exception {
        Earned earned = earned("Essayist", Award.NameShown.NONE);
        for (String file : new String[] {"image.png", "credential.json", "credential.jwt", "certificate.pdf"}) {
            HttpResponse<byte[]> answer =
                    get(publicUrl.at("/my/badges/" + earned.award().id() + "/" + file), "*/*");
            assertThat(answer.statusCode()).isIn(302, 401, 403, 404);
            assertThat(answer.body()).isNotEqualTo(earned.stored().embedded());
        }
    }

    private void assertAll(String url, int status) throws Exception {
        for (String below : BELOW) {
            HttpResponse<byte[]> answer = get(url + below, "*/*");
            assertThat(answer.statusCode()).as(below).isEqualTo(status);
            assertThat(answer.headers().allValues("access-control-allow-origin"))
                    .as(below)
                    .containsExactly("*");
        }
    }

    /** A bucket fills again while somebody asks: it is empty before twice as many were asked for. */
    @ParameterizedTest
    @CsvSource({
        "/b/nobody/card.png, 30",
        "/b/nobody/certificate.pdf, 30",
        "/b/nobody/picture, 300",
        "/b/nobody/image.svg, 300",
        "/issuers/00000000-0000-4000-8000-000000000000/image.png, 300",
        "/b/no-such-badge, 600",
        "/b/no-such-badge/embed, 600",
        "/refresh/no-such-badge, 600",
        "/assertions/no-such-badge, 600"
    })
    void oneAddressGetsOnlySoManyPicturesInAMinuteAndTheOthersTheirs(String path, int most) throws Exception {
        int number = ThreadLocalRandom.current().nextInt(1 << 15);
        String address = "198.18." + (number >> 8) + "." + (number & 255);
        int asked = 0;
        HttpResponse<byte[]> last;
        do {
            last = getFrom(address, path);
            asked++;
        } while (last.statusCode() == 404 && asked <= 2 * most);

        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.headers().firstValue("Retry-After")).isPresent();
        assertThat(last.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(asked).isGreaterThan(most);
        assertThat(getFrom("198.19." + (number >> 8) + "." + (number & 255), path)
                        .statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<byte[]> getFrom(String address, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(publicUrl.at(path)))
                        .header("X-Forwarded-For", address)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> get(String url, String accept) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (!accept.isEmpty()) {
            request.header("Accept", accept);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
