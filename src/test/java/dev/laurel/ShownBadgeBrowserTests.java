package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import dev.laurel.achievement.BadgeImage;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.AwardsRevoked;
import dev.laurel.award.AwardsSuspended;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.HolderCredentials;
import dev.laurel.credential.KnownByKey;
import dev.laurel.credential.LearnerRecords;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.SurvivalKits;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.baking.BakedPng;
import dev.laurel.credential.holder.HolderKey;
import dev.laurel.credential.leaving.IssuerArchives;
import dev.laurel.credential.leaving.Passage;
import dev.laurel.publication.Shares;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionTemplate;

/** A badge as others see it: its page, a frame of another site, and the kit that is left when Laurel is gone. */
@Tag("browser")
@LaurelTest
@Import(TestAwards.class)
class ShownBadgeBrowserTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @Autowired
    TestAwards testAwards;

    @Autowired
    Awards awards;

    @Autowired
    Shares shares;

    @Autowired
    Credentials credentials;

    @Autowired
    BadgeImages images;

    @Autowired
    SurvivalKits kits;

    @Autowired
    HolderCredentials holders;

    @Autowired
    LearnerRecords records;

    @Autowired
    IssuerArchives archives;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    private StoredCredential signed(Course course, Award award) {
        return await().atMost(PATIENCE)
                .until(
                        () -> credentials.find(course.tenant(), award.id()),
                        found -> found.isPresent() && found.get().jwt() != null)
                .orElseThrow();
    }

    @Test
    void itsPageIsForEverybodyAndASmallOneStandsInTheFrameOfAnotherSite() throws IOException {
        Course course = testAwards.course(TestAwards.draft("Essayist"));
        long ada = testAwards.person(course, "ada");
        Award award = testAwards.decide(course, ada);
        signed(course, award);
        awards.claim(course.tenant(), award.id(), ada, Award.NameShown.NAME);
        String url = shares.share(course.tenant(), award.id(), ada);
        try (BrowserContext visitor = chromium.visitor()) {
            Page page = visitor.newPage();
            page.navigate(url);
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Verified just now")))
                    .isVisible();
            page.getByText("Show it on a page of yours").click();
            Screen.check(page, "shared-page");

            String code = page.getByLabel("Copy this into your page").inputValue();
            HttpServer elsewhere = site("<!DOCTYPE html><title>Elsewhere</title>" + code);
            try {
                page.navigate("http://127.0.0.1:" + elsewhere.getAddress().getPort());
                assertThat(page.frameLocator("[title=Essayist]")
                                .getByRole(AriaRole.LINK)
                                .first())
                        .hasText("Essayist");
            } finally {
                elsewhere.stop(0);
            }
            page.navigate(url + "/embed");
            Screen.check(page, "shared-page-embedded");
        }
    }

    private static HttpServer site(String html) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page = html.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void theKitTellsAGenuineBadgeFromOthersWithoutAnyNetwork(@TempDir Path folder) throws IOException {
        Course course = testAwards.course(TestAwards.draft("Essayist <\"漢字\">"));
        List<Award> all = testAwards.decide(course, "ada", "grace", "joan");
        List<StoredCredential> signed =
                all.stream().map(award -> signed(course, award)).toList();
        transaction.executeWithoutResult(status -> {
            events.publishEvent(new AwardsRevoked(course.tenant(), List.of(all.get(1))));
            events.publishEvent(new AwardsSuspended(course.tenant(), List.of(all.get(2))));
        });
        await().atMost(PATIENCE)
                .until(() -> !credentials.verify(signed.get(1).embedded()).valid()
                        && credentials.verify(signed.get(2).embedded()).suspended());
        StoredCredential inWallet = holders.issue(
                        course.tenant(), all.get(0), HolderKey.of(new KnownByKey("A wallet", 3).did()))
                .orElseThrow();
        byte[] record = records.sign(course.tenant(), all.get(0).personId()).orElseThrow();
        Path kit = unpacked(folder, course, signed, record);

        try (BrowserContext visitor = chromium.visitor()) {
            List<String> asked = new ArrayList<>();
            visitor.onRequest(request -> asked.add(request.url()));
            visitor.setOffline(true);
            Page page = visitor.newPage();
            page.navigate(kit.resolve("check.html").toUri().toString());
            Locator badges = page.locator("#badges > li");
            assertThat(badges).hasCount(3);
            assertThat(badges.nth(0)).containsText("Genuine");
            assertThat(badges.nth(0)).containsText("Essayist <\"漢字\">");
            assertThat(badges.nth(1)).containsText("Taken back");
            assertThat(badges.nth(2)).containsText("Suspended");
            assertThat(badges.nth(0).getByRole(AriaRole.LINK)).hasCount(3);
            Screen.check(page, "kit");

            Path jwt = file(kit, "0001", ".jwt");
            Path json = file(kit, "0001", ".json");
            Path png = file(kit, "0001", ".png");
            BadgeImage picture =
                    images.find(course.tenant(), course.badge().imageId()).orElseThrow();
            Path drawn = Files.write(
                    folder.resolve("badge.svg"),
                    credentials.bake(
                            Objects.requireNonNull(picture.svg()), signed.get(0).embedded()));
            Path[] files = {
                jwt,
                json,
                png,
                kit.resolve("record.jws"),
                Files.write(folder.resolve("wallet.json"), inWallet.embedded()),
                drawn,
                changed(jwt, "payload"),
                changed(json, "80 %"),
                changed(png, "80 %"),
                changed(drawn, "80 %"),
                changed(jwt, "end"),
                Files.write(
                        folder.resolve("older.png"),
                        BakedPng.bake(
                                picture.png(), BakedPng.Keyword.OPEN_BADGES_2, "{}".getBytes(StandardCharsets.UTF_8)))
            };
            page.getByLabel("Badges as files of this kit").setInputFiles(files);
            Locator checked = page.locator("#checked > li");
            assertThat(checked).hasCount(files.length);
            for (int i = 0; i < files.length; i++) {
                assertThat(checked.nth(i)).containsText(i < 6 ? "Genuine" : "Not valid");
            }
            assertThat(checked.last()).containsText("the older form of Open Badges 2.0");
            page.navigate(archived(folder, course).resolve("check.html").toUri().toString());
            assertThat(badges).hasCount(3);
            for (String state : List.of("Genuine, and in force", "Taken back", "Suspended")) {
                assertThat(badges.filter(new Locator.FilterOptions().setHasText(state)))
                        .hasCount(1);
            }
            transaction.executeWithoutResult(
                    status -> events.publishEvent(new AwardsRevoked(course.tenant(), List.of(all.get(0)))));
            await().atMost(PATIENCE)
                    .until(() -> !credentials.verify(signed.get(0).embedded()).valid());
            page.navigate(unpacked(folder.resolve("later"), course, signed, record)
                    .resolve("check.html")
                    .toUri()
                    .toString());
            page.getByLabel("Badges as files of this kit").setInputFiles(kit.resolve("record.jws"));
            assertThat(checked).hasCount(1);
            assertThat(checked.first()).containsText("Taken back");
            assertThat(asked).allSatisfy(url -> assertThat(url).startsWith("file:"));
        }
    }

    private Path unpacked(Path folder, Course course, List<StoredCredential> signed, byte[] record) throws IOException {
        BadgeImage picture =
                images.find(course.tenant(), course.badge().imageId()).orElseThrow();
        Path zip = Files.createDirectories(folder).resolve("kit.zip");
        try (OutputStream out = Files.newOutputStream(zip)) {
            kits.write(
                    signed.stream()
                            .map(credential -> new SurvivalKits.Item(
                                    credential,
                                    course.badge().name(),
                                    picture.png(),
                                    holders.all(course.tenant(), credential.awardId()).stream()
                                            .map(StoredCredential::jwt)
                                            .toList()))::iterator,
                    record,
                    Locale.ENGLISH,
                    out);
        }
        return unzipped(zip, folder.resolve("kit"));
    }

    /** What the institution takes with it when it leaves. */
    private Path archived(Path folder, Course course) throws IOException {
        archives.permit(course.tenant(), 7);
        Passage permission = archives.permitted(course.tenant(), 7).orElseThrow();
        archives.use(course.tenant(), permission);
        Path zip = folder.resolve("archive.zip");
        try (OutputStream out = Files.newOutputStream(zip)) {
            archives.write(course.tenant(), permission, "four plain words together", out);
        }
        return unzipped(zip, folder.resolve("archive"));
    }

    private static Path unzipped(Path zip, Path into) throws IOException {
        Files.createDirectory(into);
        try (ZipFile files = new ZipFile(zip.toFile())) {
            for (var entry : files.stream().toList()) {
                Path file = into.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, files.getInputStream(entry).readAllBytes());
            }
        }
        return into;
    }

    private static Path file(Path kit, String number, String end) throws IOException {
        try (var files = Files.list(kit.resolve("badges"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(number)
                            && file.toString().endsWith(end))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The same with one byte of what it says changed. */
    private static Path changed(Path file, String where) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = where.equals("payload")
                ? text.indexOf('.') + 200
                : where.equals("end") ? text.length() - 40 : text.indexOf(where);
        bytes[at] = (byte) (bytes[at] == 'A' ? 'B' : where.equals("80 %") ? '9' : 'A');
        return Files.write(file.resolveSibling(where.replaceAll("\\W", "") + "-" + file.getFileName()), bytes);
    }
}
