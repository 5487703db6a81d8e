package dev.laurel.publication.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.award.Award;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.TestPictures;
import dev.laurel.platform.tenant.PublicUrl;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@LaurelTest
@Import(TestAwards.class)
class VerifierIntegrationTests {

    private final HttpClient http = HttpClient.newHttpClient();

    @Autowired
    TestAwards testAwards;

    @Autowired
    Credentials credentials;

    @Autowired
    PublicUrl publicUrl;

    private StoredCredential badge() {
        Course course = testAwards.course(TestAwards.draft("Essayist <b>漢字</b>"));
        return signed(course, testAwards.decide(course, testAwards.person(course, "ada")));
    }

    private StoredCredential signed(Course course, Award award) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> credentials.find(course.tenant(), award.id()),
                        found -> found.isPresent() && found.get().jwt() != null)
                .orElseThrow();
    }

    private HttpResponse<String> post(byte[] body, String type, String accept) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(publicUrl.at("/verify")))
                        .POST(BodyPublishers.ofByteArray(body))
                        .header("Content-Type", type)
                        .header("Accept", accept)
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> upload(String accept, String text, byte[]... files) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < files.length; i++) {
            body.writeBytes(("--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"badge" + i
                            + ".png\"\r\nContent-Type: image/png\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(files[i]);
            body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        body.writeBytes(("--x\r\nContent-Disposition: form-data; name=\"badge\"\r\n\r\n" + text + "\r\n--x--\r\n")
                .getBytes(StandardCharsets.UTF_8));
        return post(body.toByteArray(), "multipart/form-data; boundary=x", accept);
    }

    private static JsonNode only(HttpResponse<String> answer) {
        JsonNode json = JsonMapper.shared().readTree(answer.body());
        assertThat(json.get("count").intValue()).isEqualTo(1);
        return json.get("badges").get(0);
    }

    private static String outcome(JsonNode badge, String name) {
        for (JsonNode check : badge.get("checks")) {
            if (check.get("name").stringValue().equals(name)) {
                return check.get("result").stringValue()
                        + (check.get("reason").isNull()
                                ? ""
                                : " " + check.get("reason").stringValue());
            }
        }
        return "none";
    }

    @Test
    void ourOwnBadgesAreValidInEveryForm() throws Exception {
        StoredCredential stored = badge();
        byte[] baked = credentials.bake(TestPictures.png(), stored.embedded());

        for (byte[] brought : new byte[][] {stored.embedded(), stored.jwt(), baked}) {
            JsonNode badge = only(post(brought, "application/octet-stream", "application/json"));
            assertThat(badge.get("verdict").stringValue()).as("%s", badge).isEqualTo("valid");
            assertThat(badge.get("authentic").booleanValue()).isTrue();
            assertThat(badge.get("vouchedBy").get("kind").stringValue()).isEqualTo("this-site");
            assertThat(badge.get("vouchedBy").get("host").stringValue())
                    .isEqualTo(publicUrl.value().getAuthority());
        }
    }

    @Test
    void aScriptOfAnySiteMayAsk() throws Exception {
        HttpResponse<String> before = http.send(
                HttpRequest.newBuilder(URI.create(publicUrl.at("/verify")))
                        .method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", "https://elsewhere.example")
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "accept,content-type")
                        .build(),
                BodyHandlers.ofString());
        HttpResponse<String> nothing = http.send(
                HttpRequest.newBuilder(URI.create(publicUrl.at("/verify")))
                        .POST(BodyPublishers.noBody())
                        .header("Origin", "https://elsewhere.example")
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .build(),
                BodyHandlers.ofString());

        assertThat(before.statusCode()).isEqualTo(200);
        assertThat(before.headers().firstValue("access-control-allow-origin")).hasValue("*");
        assertThat(before.headers().firstValue("access-control-allow-headers").orElseThrow())
                .containsIgnoringCase("content-type");
        assertThat(before.headers().firstValue("access-control-allow-credentials"))
                .isEmpty();
        assertThat(nothing.statusCode()).isEqualTo(400);
        assertThat(nothing.headers().allValues("access-control-allow-origin")).containsExactly("*");
    }

    @Test
    void aForgeryOfOursIsNot() throws Exception {
        String forged = new String(badge().embedded(), StandardCharsets.UTF_8).replace("Essayist", "Laureate");

        JsonNode badge = only(post(forged.getBytes(StandardCharsets.UTF_8), "application/vc", "*/*"));

        assertThat(badge.get("verdict").stringValue()).isEqualTo("invalid");
        assertThat(outcome(badge, "signature")).isEqualTo("failed signature-wrong");
        assertThat(badge.get("authentic").booleanValue()).isFalse();
    }

    @Test
    void whatIsWrongWithABadgeThatNamesAnIssuerOfOursIsNamedAsOfAnybodys() throws Exception {
        StoredCredential stored = badge();
        String[] jwt = new String(stored.jwt(), StandardCharsets.US_ASCII).split("\\.");
        String unsigned = base64(text(jwt[0]).replaceFirst("\"alg\":\"[^\"]*\"", "\"alg\":\"none\""));
        String another =
                base64(text(jwt[1]).replaceFirst("\"iss\":\"[^\"]*\"", "\"iss\":\"did:web:elsewhere.example\""));
        String worded = new String(stored.embedded(), StandardCharsets.UTF_8)
                .replaceFirst("(\"@context\":\\[[^]]*)]", "$1,\"https://elsewhere.example/words\"]");

        JsonNode none = checked(unsigned + "." + jwt[1] + "." + jwt[2]);
        assertThat(outcome(none, "signature")).isEqualTo("failed algorithm-none");
        assertThat(outcome(none, "issuer")).isEqualTo("none");
        JsonNode contradicting = checked(jwt[0] + "." + another + "." + jwt[2]);
        assertThat(outcome(contradicting, "claims")).isEqualTo("failed claim-contradicts");
        assertThat(outcome(contradicting, "form")).isEqualTo("passed");
        assertThat(outcome(checked(worded), "contexts")).isEqualTo("failed context-unknown");
        for (JsonNode each : new JsonNode[] {none, contradicting, checked(worded)}) {
            assertThat(each.get("verdict").stringValue()).isEqualTo("invalid");
            assertThat(each.get("authentic").booleanValue()).isFalse();
        }
    }

    @Test
    void ofABadgeOfOursThatHasEndedBothTheDateAndItsStatusAreTold() throws Exception {
        Course course = testAwards.course(TestAwards.draft("Essayist"));
        Instant until = Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        Award award = testAwards.decideWithEverything(course, testAwards.person(course, "ada"), until);

        JsonNode badge = checked(new String(signed(course, award).embedded(), StandardCharsets.UTF_8));

        assertThat(outcome(badge, "dates")).isEqualTo("failed expired");
        assertThat(outcome(badge, "status")).isEqualTo("passed");
        assertThat(badge.get("authentic").booleanValue()).isTrue();
        assertThat(badge.get("checks"))
                .anySatisfy(check -> assertThat(check.get("detail").toString()).contains(until.toString()));
    }

    private JsonNode checked(String badge) throws Exception {
        return only(post(badge.getBytes(StandardCharsets.UTF_8), "application/octet-stream", "application/json"));
    }

    private static String text(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void thePageSaysItInWordsWithoutScriptCookieOrTrace() throws Exception {
        StoredCredential stored = badge();
        byte[] baked = credentials.bake(TestPictures.png(), stored.embedded());

        HttpResponse<String> page = upload("text/html", "hello", baked, stored.jwt());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "All 3", "badge0.png", "Every check passed", "An issuer of this site", "This is no Open Badge")
                .contains("Signature:", "intact", "This is not a badge we can read.")
                .contains("Essayist &lt;b&gt;漢字")
                .doesNotContain("<script", "<b>漢字", "hello");
        assertThat(page.headers().firstValue("set-cookie")).isEmpty();
        assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                .contains("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'");
        HttpResponse<String> form = http.send(
                HttpRequest.newBuilder(URI.create(publicUrl.at("/verify"))).build(), BodyHandlers.ofString());
        assertThat(form.body()).contains("Check a badge", "multipart/form-data", "type=\"file\"");
        assertThat(form.headers().firstValue("set-cookie")).isEmpty();
    }

    @Test
    void whoeverComesByNoCourseReadsWhereTheWayIsAndWhoIsToBeAsked() throws Exception {
        String front = get("/");
        assertThat(front)
                .contains("Laurel turns results in a course into badges", "href=\"/verify\"", "follow the link");
        assertThat(get("/b/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")).contains("Ask the person who sent it.");
    }

    private String get(String path) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(publicUrl.at(path)))
                                .header("Accept", "text/html")
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    /** The operator let Laurel call this one for a platform, which is no word for strangers. */
    @Test
    void noPrivateAddressIsAskedForAStranger() throws Exception {
        for (String address : new String[] {
            publicUrl.at("/b/x").replace("http://", "https://"),
            "https://127.0.0.1/badge",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/",
            "https://10.0.0.1/"
        }) {
            JsonNode badge = only(post(address.getBytes(StandardCharsets.UTF_8), "text/plain", "application/json"));
            assertThat(outcome(badge, "readable")).as(address).isEqualTo("unknown address-refused");
        }
    }

    @Test
    void fiftyMegabytesAreTurnedAwayWithAReason() throws Exception {
        HttpResponse<String> page = upload("text/html", "", new byte[50 << 20]);
        assertThat(page.statusCode()).isEqualTo(413);
        assertThat(page.body()).contains("That was too large");

        HttpResponse<String> json = post(new byte[50 << 20], "image/png", "application/json");
        assertThat(json.statusCode()).isEqualTo(413);
        assertThat(json.body()).isEqualTo("{\"problem\":\"too-large\"}");
    }

    @Test
    void nothingAndTooManyAreSaid() throws Exception {
        assertThat(upload("text/html", " ").body()).contains("There was nothing to check");
        byte[] many = ("[" + "{},".repeat(200) + "{}]").getBytes(StandardCharsets.US_ASCII);
        assertThat(post(many, "application/json", "application/json").body()).isEqualTo("{\"problem\":\"too-many\"}");
        byte[] most = ("[" + "{},".repeat(199) + "{}]").getBytes(StandardCharsets.US_ASCII);
        assertThat(post(most, "application/json", "application/json").body()).contains("\"count\":200");
    }
}
