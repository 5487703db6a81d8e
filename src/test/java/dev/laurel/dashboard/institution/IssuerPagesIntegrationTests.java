package dev.laurel.dashboard.institution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.TestRegistrations;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.IssuerDetails;
import dev.laurel.achievement.Issuers;
import dev.laurel.credential.CredentialFormat;
import dev.laurel.credential.CredentialFormats;
import dev.laurel.credential.IssuerKeyring;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.imageio.ImageIO;
import lms.Browser;
import lms.Page;
import lms.ReferenceLms;
import lms.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an administrator says of a name that speaks for the institution. */
@LaurelTest
class IssuerPagesIntegrationTests {

    @Autowired
    Platforms platforms;

    @Autowired
    Issuers issuers;

    @Autowired
    CredentialFormats formats;

    @Autowired
    IssuerKeyring keyring;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JsonMapper json;

    @Autowired
    BadgeImages images;

    private ReferenceLms lms;

    private TenantId tenant;

    private Browser admin;

    private Issuer issuer;

    @BeforeEach
    void start() {
        Tool tool = Tool.laurel(publicUrl.value(), "client-" + UUID.randomUUID(), "1");
        lms = ReferenceLms.builder().students(1).tool(tool).start();
        Registration registration =
                TestRegistrations.register(platforms, lms.facts()).get(0);
        tenant = Objects.requireNonNull(platforms.deployment(registration, "1").tenant());
        issuer = issuers.createForInstitution(tenant, "School of Writing", 1);
        admin = new Browser();
        admin.launch(lms.launchAsAdministrator(tool));
    }

    @AfterEach
    void stop() {
        lms.close();
    }

    @Test
    void theKeyThatSignsIsReplacedAndTheOldOneStaysPublished() {
        assertThat(admin.open(at(path())).text()).contains("There is none yet.");
        for (int i = 0; i < 2; i++) {
            Page page = admin.open(at(path()));
            Page done = admin.submit(page, page.formTo(path() + "/key"), Map.of());
            assertThat(done.text()).contains("signed with a new key from now on");
        }

        JsonNode document = json.readTree(
                admin.open(at("/issuers/" + issuer.publicId() + "/did.json")).body());
        assertThat(document.at("/assertionMethod").size()).isEqualTo(2);
        assertThat(document.at("/verificationMethod/0/publicKeyMultibase").asString())
                .isNotEqualTo(
                        document.at("/verificationMethod/1/publicKeyMultibase").asString());
        assertThat(admin.open(at(path())).text()).contains("ed25519-2", "signs since", "ed25519-1", "signed from");
        assertThat(keyring.of(tenant, issuer.id()).get(1).replacedBy())
                .as("who did it")
                .isNotNull();
    }

    @Test
    void aStolenKeyIsWithdrawn() {
        Page first = admin.open(at(path()));
        assertThat(first.text()).doesNotContain("When somebody else has the key");
        Page made = admin.submit(first, first.formTo(path() + "/key"), Map.of());

        Page done = admin.submit(made, made.formTo(path() + "/key/theft"), Map.of());

        assertThat(done.text()).contains("are being signed anew", "ed25519-2", "somebody else had it");
        JsonNode document = json.readTree(
                admin.open(at("/issuers/" + issuer.publicId() + "/did.json")).body());
        assertThat(document.at("/assertionMethod").size()).isEqualTo(1);
        assertThat(document.at("/assertionMethod/0").asString()).endsWith("#ed25519-2");
        assertThat(document.at("/verificationMethod/0/revoked").asString()).matches("\\d{4}-.*Z");
        assertThat(document.at("/verificationMethod/1/revoked").isMissingNode()).isTrue();
    }

    @Test
    void everythingThatIsTypedStandsInItsPublicProfile() {
        Page form = admin.open(at(path()));
        assertThat(admin.open(at("/institution")).text()).contains(path(), "School of Writing");

        admin.submit(
                form,
                form.formTo(path()),
                Map.of(
                        "name", "Escuela de Escritura 漢字",
                        "website", "https://writing.example/",
                        "email", "badges@writing.example",
                        "phone", "+34 911-234 567",
                        "street", "Calle Mayor 1",
                        "locality", "Madrid",
                        "country", "es",
                        "parentName", "Universidad",
                        "parentUrl", "https://uni.example/",
                        "linkedIn", "https://www.linkedin.com/company/1035/admin/"));
        Page again = admin.open(at(path()));
        admin.submit(again, again.formTo(path()), "logo", "logo.png", png(Color.BLUE));

        JsonNode profile = json.readTree(admin.get(at("/issuers/" + issuer.publicId()), "Accept", "application/json")
                .body());
        assertThat(profile.at("/name").asString()).isEqualTo("Escuela de Escritura 漢字");
        assertThat(profile.at("/url").asString()).isEqualTo("https://writing.example/");
        assertThat(profile.at("/email").asString()).isEqualTo("badges@writing.example");
        assertThat(profile.at("/phone").asString()).isEqualTo("+34911234567");
        assertThat(profile.at("/address/streetAddress").asString()).isEqualTo("Calle Mayor 1");
        assertThat(profile.at("/address/addressCountryCode").asString()).isEqualTo("ES");
        assertThat(profile.at("/parentOrg/name").asString()).isEqualTo("Universidad");
        assertThat(profile.at("/parentOrg/id").asString()).isEqualTo("https://uni.example/");
        Page logo = new Browser().open(URI.create(profile.at("/image/id").asString()));
        assertThat(logo.header("Content-Type")).hasValue("image/png");
        Page shown = new Browser().open(at("/issuers/" + issuer.publicId()));
        assertThat(shown.text()).contains("Madrid", "Universidad", "badges@writing.example", "/images/");

        Page last = admin.open(at(path()));
        admin.submit(
                last, last.formTo(path()), Map.of("withoutLogo", "on", "street", "", "locality", "", "country", ""));
        Issuer after = issuers.find(tenant, issuer.id()).orElseThrow();
        assertThat(after.imageId()).isNull();
        assertThat(after.details().address()).isNull();
        assertThat(after.details().email()).isEqualTo("badges@writing.example");
        assertThat(after.details().linkedInPage()).isEqualTo("1035");
    }

    /** Badges that are signed say which picture they mean by its address. */
    @Test
    void theAddressOfALogoShowsThatLogoForEverWhateverTheIssuerShowsLater() {
        Page form = admin.open(at(path()));
        admin.submit(form, form.formTo(path()), "logo", "logo.png", png(Color.BLUE));
        URI first = logo();
        byte[] picture = new Browser().open(first).body();

        Page again = admin.open(at(path()));
        admin.submit(again, again.formTo(path()), "logo", "logo.png", png(Color.WHITE));

        assertThat(logo()).isNotEqualTo(first);
        assertThat(new Browser().open(logo()).body()).isNotEqualTo(picture);
        assertThat(new Browser().open(first).body()).isEqualTo(picture);
        Page last = admin.open(at(path()));
        admin.submit(last, last.formTo(path()), Map.of("withoutLogo", "on"));
        assertThat(new Browser().open(first).body()).isEqualTo(picture);
        assertThat(new Browser()
                        .open(at("/issuers/" + issuer.publicId() + "/image.png"))
                        .body())
                .as("as badges from before name it")
                .isEqualTo(picture);
        long drawn = images.upload(tenant, 1, png(Color.GREEN), "Of a badge");
        assertThat(new Browser()
                        .get(at("/issuers/" + issuer.publicId() + "/images/" + drawn + ".png"))
                        .status())
                .as("a picture that was none of its logos")
                .isEqualTo(404);
    }

    private URI logo() {
        return URI.create(json.readTree(admin.get(at("/issuers/" + issuer.publicId()), "Accept", "application/json")
                        .body())
                .at("/image/id")
                .asString());
    }

    @Test
    void whatCannotBeIsToldAtItsFieldAndNothingTypedIsLost() {
        Page form = admin.open(at(path()));

        Page again = admin.submit(
                form,
                form.formTo(path()),
                Map.of(
                        "name", " ",
                        "website", "javascript:alert(1)",
                        "email", "nobody",
                        "phone", "call me",
                        "country", "Spain",
                        "parentName", "Universidad",
                        "linkedIn", "https://www.linkedin.com/company/universidad",
                        "street", "Calle Mayor 1"));

        assertThat(again.text())
                .contains(
                        "Type a name with at most 300 characters.",
                        "Give a whole web address",
                        "This is no e-mail address.",
                        "Give the number with the code of its country",
                        "Give the country as two letters",
                        "The organisation needs a name and a whole web address.",
                        "Give the number of the page",
                        "value=\"Calle Mayor 1\"");
        assertThat(issuers.find(tenant, issuer.id()).orElseThrow().details()).isEqualTo(IssuerDetails.NOTHING);
        Page noPicture = admin.submit(form, form.formTo(path()), "logo", "logo.png", new byte[] {1, 2, 3});
        assertThat(noPicture.text()).contains("id=\"logo-error\"");
    }

    @Test
    void theInstitutionChoosesWhatSignsTheSecondFile() {
        Page institution = admin.open(at("/institution"));
        assertThat(formats.of(tenant).jwt()).isEqualTo(CredentialFormat.Jwt.RS256);

        Page saved = admin.submit(institution, institution.formTo("/institution/signing"), Map.of("jwt", "ES256"));

        assertThat(saved.text()).contains("Badges are signed so from now on.");
        assertThat(formats.of(tenant).jwt()).isEqualTo(CredentialFormat.Jwt.ES256);
    }

    @Test
    void nobodyElseSaysAnythingOfIt() {
        Browser teacher = new Browser();
        teacher.launch(lms.launch(lms.course().teacher()));

        assertThat(teacher.open(at(path())).status()).isEqualTo(404);
        Issuer ofACourse = issuers.of(tenant, 77, "Essays");
        assertThat(admin.open(at("/institution/issuers/" + ofACourse.id())).status())
                .isEqualTo(404);
    }

    private String path() {
        return "/institution/issuers/" + issuer.id();
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }

    private static byte[] png(Color colour) {
        BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, 64, 64);
        graphics.dispose();
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(picture, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
