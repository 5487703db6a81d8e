package dev.laurel.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.Issuer;
import dev.laurel.award.Award;
import dev.laurel.award.AwardNotFoundException;
import dev.laurel.award.Awards;
import dev.laurel.context.Erasures;
import dev.laurel.credential.OpenBadges2;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.TestPictures;
import dev.laurel.credential.baking.BakedPng;
import dev.laurel.credential.check.BadgeReport;
import dev.laurel.credential.check.BadgeReport.Verdict;
import dev.laurel.credential.check.BadgeVerifier;
import dev.laurel.credential.check.Check;
import dev.laurel.credential.check.Format;
import dev.laurel.credential.check.Reason;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("once")
@LaurelTest
@Import(TestAwards.class)
class BackpackIntegrationTests {

    private static final String EMAIL = "Ada.L@example.org";

    private final HttpClient http = HttpClient.newHttpClient();

    @Autowired
    TestAwards testAwards;

    @Autowired
    Awards awards;

    @Autowired
    Backpacks backpacks;

    @Autowired
    OpenBadges2 format;

    @Autowired
    BadgeVerifier verifier;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Erasures erasures;

    private record Taken(Course course, Award award, long person, String address) {}

    private Taken taken() {
        Course course = testAwards.course(TestAwards.draft("Essayist 漢字"));
        testAwards.reachable(course.tenant(), "badges@college.example");
        long person = testAwards.person(course, "ada");
        Award award = testAwards.decide(course, person);
        awards.claim(course.tenant(), award.id(), person, Award.NameShown.NONE);
        backpacks.put(course.tenant(), award.id(), person, EMAIL);
        return new Taken(
                course,
                award,
                person,
                backpacks.url(course.tenant(), award.id()).orElseThrow());
    }

    private HttpResponse<String> get(String address) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private BadgeReport verified(String badge) {
        return verifier.verify(badge.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aBackpackReadsAssertionBadgeAndIssuerAtTheirAddresses() throws Exception {
        Taken taken = taken();

        HttpResponse<String> answer = get(taken.address());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/ld+json");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("x-robots-tag")).hasValue("noindex, nofollow");
        assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
        assertThat(answer.body()).doesNotContainIgnoringCase(EMAIL).doesNotContain("Lovelace");
        JsonNode assertion = json(answer);
        assertThat(assertion.get("@context").stringValue()).isEqualTo("https://w3id.org/openbadges/v2");
        assertThat(assertion.get("type").stringValue()).isEqualTo("Assertion");
        assertThat(assertion.get("id").stringValue()).isEqualTo(taken.address());
        assertThat(assertion.get("verification").get("type").stringValue()).isEqualTo("hosted");
        JsonNode badge = json(get(assertion.get("badge").stringValue()));
        assertThat(badge.get("type").stringValue()).isEqualTo("BadgeClass");
        assertThat(badge.get("name").stringValue()).isEqualTo("Essayist 漢字");
        assertThat(badge.get("criteria").get("narrative").stringValue()).contains("80 %");
        assertThat(get(badge.get("image").stringValue()).headers().firstValue("content-type"))
                .hasValue("image/png");
        JsonNode issuer = json(get(badge.get("issuer").stringValue()));
        assertThat(issuer.get("type").stringValue()).isEqualTo("Issuer");
        assertThat(issuer.get("id").stringValue()).isEqualTo(badge.get("issuer").stringValue());
    }

    /** As backpacks require them, of a badge that a course issues under its own name. */
    @Test
    void nothingIsMissingThatOpenBadgesRequires() throws Exception {
        Taken taken = taken();
        assertThat(taken.course().issuer().kind()).isEqualTo(Issuer.Kind.COURSE);

        JsonNode assertion = json(get(taken.address()));
        JsonNode badge = json(get(assertion.get("badge").stringValue()));
        JsonNode issuer = json(get(badge.get("issuer").stringValue()));

        assertHas(assertion, "id", "type", "recipient", "badge", "verification", "issuedOn");
        assertHas(assertion.get("recipient"), "type", "hashed", "identity");
        assertHas(badge, "id", "type", "name", "description", "image", "criteria", "issuer");
        assertHas(issuer, "id", "type", "name", "url", "email");
        assertThat(issuer.get("email").stringValue()).isEqualTo("badges@college.example");
    }

    private static void assertHas(JsonNode json, String... required) {
        for (String name : required) {
            assertThat(json.has(name) && !json.get(name).isNull()).as(name).isTrue();
        }
    }

    @Test
    void aBadgeOfWhichNobodyCanBeAskedGoesToNoBackpack() {
        Course course = testAwards.course(TestAwards.draft("Essayist"));
        long person = testAwards.person(course, "ada");
        Award award = testAwards.decide(course, person);
        awards.claim(course.tenant(), award.id(), person, Award.NameShown.NONE);

        assertThat(backpacks.areOpenTo(course.tenant(), award)).isFalse();
        assertThatThrownBy(() -> backpacks.put(course.tenant(), award.id(), person, EMAIL))
                .isInstanceOf(IllegalStateException.class);
        assertThat(backpacks.url(course.tenant(), award.id())).isEmpty();
    }

    @Test
    void itIsValidForWhoKnowsTheAddressAndForNobodyElse() throws Exception {
        Taken taken = taken();
        byte[] baked =
                format.bake(TestPictures.png(), get(taken.address()).body().getBytes(StandardCharsets.UTF_8));
        String inside = new String(BakedPng.extract(baked), StandardCharsets.UTF_8);

        BadgeReport report = verified(inside);

        assertThat(report.format()).isEqualTo(Format.OPEN_BADGES_2_HOSTED);
        assertThat(report.verdict()).as("%s", report.checks()).isEqualTo(Verdict.VALID);
        assertThat(report.isAuthentic()).isTrue();
        assertThat(report.vouch()).isNotNull();
        assertThat(report.vouch().host()).isEqualTo(publicUrl.value().getAuthority());
        assertThat(report.says()).isNotNull();
        assertThat(report.says().identities()).singleElement().satisfies(identity -> {
            assertThat(identity.isOf(EMAIL)).isTrue();
            assertThat(identity.isOf("eve@example.org")).isFalse();
        });
        assertThat(verified(inside.replaceFirst("\"salt\":\"....", "\"salt\":\"0000"))
                        .verdict())
                .isEqualTo(Verdict.INVALID);
        assertThat(verified(taken.address()).isAuthentic()).isTrue();
    }

    @Test
    void whatWasTakenBackAnswersThatItWas() throws Exception {
        Taken taken = taken();
        String before = get(taken.address()).body();
        jdbc.sql("UPDATE award SET revoked_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id = ?")
                .params(taken.course().tenant().value(), taken.award().id())
                .update();

        HttpResponse<String> answer = get(taken.address());

        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.headers().allValues("access-control-allow-origin")).containsExactly("*");
        assertThat(json(answer).get("revoked").booleanValue()).isTrue();
        BadgeReport report = verified(before);
        assertThat(report.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(report.check(Check.Name.STATUS).orElseThrow().reason()).isEqualTo(Reason.REVOKED);
    }

    @Test
    void herEndOfItAndHerErasureLeaveNothing() throws Exception {
        Taken ended = taken();
        backpacks.remove(ended.course().tenant(), ended.award().id(), ended.person());
        assertThat(get(ended.address()).statusCode()).isEqualTo(404);

        Taken erased = taken();
        erasures.erase(erased.course().tenant(), erased.person());
        assertThat(get(erased.address()).statusCode()).isEqualTo(404);
    }

    @Test
    void anotherAddressOfHersKeepsTheOneInTheBackpack() throws Exception {
        Taken taken = taken();
        backpacks.put(taken.course().tenant(), taken.award().id(), taken.person(), "ada@elsewhere.example");

        assertThat(backpacks.url(taken.course().tenant(), taken.award().id())).hasValue(taken.address());
        assertThat(verified(get(taken.address()).body()).says().identities())
                .singleElement()
                .matches(identity -> identity.isOf("ada@elsewhere.example"));
    }

    @Test
    void nobodyTakesTheBadgeOfAnother() {
        Taken taken = taken();
        long other = testAwards.person(taken.course(), "eve");

        assertThatThrownBy(() ->
                        backpacks.put(taken.course().tenant(), taken.award().id(), other, EMAIL))
                .isInstanceOf(AwardNotFoundException.class);
        assertThatThrownBy(() ->
                        backpacks.remove(taken.course().tenant(), taken.award().id(), other))
                .isInstanceOf(AwardNotFoundException.class);
    }
}
