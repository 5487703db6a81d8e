package dev.laurel;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import dev.laurel.credential.Credentials;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.manual.Entering;
import dev.laurel.gradebook.manual.HandIn;
import dev.laurel.gradebook.manual.ManualGradebook;
import dev.laurel.launch.TestBrowser;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.publication.Disclosure;
import dev.laurel.publication.Disclosures;
import dev.laurel.publication.Passback;
import dev.laurel.publication.Shares;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lms.Browser;
import lms.Course;
import lms.LmsRole;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Walks every endpoint with the ids of one course as somebody who has no business there: people of another institution,
 * of another course of the same institution, and people of the course without the role. Each endpoint needs a line in
 * {@link #RULES}; a new one without fails here.
 */
@Tag("once")
@LaurelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignTenantTests {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private static final String BADGE = "Zebrafish keeper 7741";

    private static final String COLUMN = "Zebrafish report 9913";

    private static final String HOLDER = "Quagmire";

    private static final String TASK = "Zebrafish portfolio 5512";

    private static final Pattern TOKEN = Pattern.compile("X-CSRF-TOKEN&quot;: &quot;([^&]+)&quot;");

    /** What nobody elsewhere may read. */
    private static final List<String> SECRETS = List.of(BADGE, COLUMN, HOLDER, TASK, "award decided");

    private enum Who {
        STRANGER,
        INSTRUCTOR_ELSEWHERE,
        STUDENT_ELSEWHERE,
        ADMIN_ELSEWHERE,
        INSTRUCTOR_NEXT_DOOR,
        STUDENT_NEXT_DOOR,
        CLASSMATE,
        ASSISTANT,
        DESIGNER,
        OBSERVER,
        TEACHER,
        HOLDER;

        static final Set<Who> OUTSIDE = EnumSet.of(
                INSTRUCTOR_ELSEWHERE, STUDENT_ELSEWHERE, ADMIN_ELSEWHERE, INSTRUCTOR_NEXT_DOOR, STUDENT_NEXT_DOOR);

        static final Set<Who> INSTRUCTORS = EnumSet.of(INSTRUCTOR_ELSEWHERE, INSTRUCTOR_NEXT_DOOR, TEACHER);

        static final Set<Who> LEARNERS = EnumSet.of(STUDENT_ELSEWHERE, STUDENT_NEXT_DOOR, CLASSMATE, HOLDER);
    }

    /** Whom an endpoint is for; everybody else gets 404, and who is not signed in 401, or 403 for a form. */
    private enum For {
        /** Names something of one course, for its instructors. */
        ITS_INSTRUCTORS(Who.TEACHER),
        ITS_STAFF(Who.TEACHER, Who.ASSISTANT),
        /** Staff, and the learner whom the address names. */
        ITS_STAFF_AND_HER(Who.TEACHER, Who.ASSISTANT, Who.HOLDER),
        ITS_STAFF_AND_LEARNERS(Who.TEACHER, Who.ASSISTANT, Who.HOLDER, Who.CLASSMATE),
        ITS_LEARNERS(Who.HOLDER, Who.CLASSMATE),
        THE_HOLDER(Who.HOLDER),
        /** The administrator of that institution, who is not among those who try. */
        ITS_ADMIN(),
        OPERATOR(),
        /** Needs the word of an administrator first. */
        NOBODY_YET(),
        /** Whoever came by a deep linking request, who is not among those who try. */
        WHOEVER_CHOOSES(),
        /** Whoever opened a mailed link, who is not among those who try. */
        WHOEVER_CAME_BY_MAIL(),
        /** Names something of one launch, which is nobody's who tries. */
        THAT_LAUNCH(),
        /** Names nothing: everybody of that role sees what is theirs. */
        EACH_INSTRUCTOR(Who.INSTRUCTORS.toArray(Who[]::new)),
        EACH_STAFF(Who.INSTRUCTOR_ELSEWHERE, Who.INSTRUCTOR_NEXT_DOOR, Who.TEACHER, Who.ASSISTANT),
        EACH_LEARNER(Who.LEARNERS.toArray(Who[]::new)),
        EACH_ADMIN(Who.ADMIN_ELSEWHERE),
        EVERYBODY_SIGNED_IN(EnumSet.complementOf(EnumSet.of(Who.STRANGER)).toArray(Who[]::new)),
        /** Tells nothing about a person, or was given away by one. */
        THE_PUBLIC(Who.values()),
        /** Proves who somebody is, so it cannot ask for it. */
        THE_PROTOCOL();

        private final Set<Who> allowed = EnumSet.noneOf(Who.class);

        For(Who... allowed) {
            this.allowed.addAll(List.of(allowed));
        }
    }

    private record Endpoint(For whom, Map<String, String> parameters) {}

    private static Endpoint is(For whom, String... parameters) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            named.put(parameters[i], parameters[i + 1]);
        }
        return new Endpoint(whom, named);
    }

    /** By method and pattern; parameters in braces are filled in with the ids of the course that is not theirs. */
    private static final Map<String, Endpoint> RULES = new TreeMap<>(Map.ofEntries(
            entry("GET /", is(For.THE_PUBLIC)),
            entry("GET /home", is(For.EVERYBODY_SIGNED_IN)),
            entry("GET /course", is(For.EACH_STAFF)),
            entry("GET /course/checks", is(For.EACH_STAFF)),
            entry("POST /course/checks", is(For.EACH_STAFF)),
            entry("POST /course/columns", is(For.EACH_INSTRUCTOR, "name", "", "maximum", "10")),
            entry("GET /course/copies", is(For.EACH_INSTRUCTOR)),
            entry("GET /course/copies/{contextId}", is(For.ITS_INSTRUCTORS)),
            entry("POST /course/copies", is(For.ITS_INSTRUCTORS, "take", "{ruleSetId}")),
            entry("POST /course/copies/dismissal", is(For.EACH_INSTRUCTOR)),
            entry("GET /course/assistants", is(For.EACH_INSTRUCTOR)),
            entry("POST /course/assistants", is(For.EACH_INSTRUCTOR, "what", "ENTER_RESULTS", "person", "1")),
            entry("POST /course/assistants/end", is(For.EACH_INSTRUCTOR, "delegation", "1")),
            entry("GET /course/letters", is(For.EACH_INSTRUCTOR)),
            entry("POST /course/letters", is(For.EACH_INSTRUCTOR, "letters", "90 A\n0 F")),
            entry("POST /course/letters/use/{read}/{letters}", is(For.EACH_INSTRUCTOR)),
            entry("GET /course/letters/withdrawal", is(For.EACH_INSTRUCTOR)),
            entry("POST /course/letters/withdrawal/{read}", is(For.EACH_INSTRUCTOR)),
            entry("GET /course/zone", is(For.EACH_INSTRUCTOR)),
            entry("POST /course/zone", is(For.EACH_INSTRUCTOR, "zone", "Europe/Berlin")),
            entry("GET /course/messages", is(For.EACH_INSTRUCTOR)),
            entry("POST /course/messages", is(For.EACH_INSTRUCTOR, "wanted", "true")),
            entry("GET /course/badge-set", is(For.EACH_INSTRUCTOR)),
            entry("GET /course/badge-set/file", is(For.ITS_INSTRUCTORS, "badge", "{ruleSetId}")),
            entry("POST /course/badge-set", is(For.EACH_INSTRUCTOR)),
            entry("GET /course/badge-set/brought", is(For.EACH_INSTRUCTOR)),
            entry("GET /course/badge-set/brought/picture", is(For.NOBODY_YET, "badge", "1")),
            entry("POST /course/badge-set/brought", is(For.EACH_INSTRUCTOR)),
            entry("POST /course/badge-set/brought/removal", is(For.EACH_INSTRUCTOR)),
            entry("GET /course/columns/{lineItemId}", is(For.ITS_INSTRUCTORS)),
            entry("POST /course/columns/{lineItemId}/name", is(For.ITS_INSTRUCTORS, "name", "x")),
            entry("GET /course/columns/{lineItemId}/removal", is(For.ITS_INSTRUCTORS)),
            entry("POST /course/columns/{lineItemId}/removal", is(For.ITS_INSTRUCTORS)),
            entry("GET /course/import", is(For.EACH_INSTRUCTOR)),
            entry("GET /course/import/progress", is(For.EACH_INSTRUCTOR)),
            entry("POST /course/import", is(For.EACH_INSTRUCTOR)),
            entry("GET /course/import/columns", is(For.EACH_INSTRUCTOR)),
            entry("POST /course/import/columns", is(For.EACH_INSTRUCTOR)),
            entry("POST /course/import/separator", is(For.EACH_INSTRUCTOR)),
            entry("GET /course/import/preview", is(For.EACH_INSTRUCTOR)),
            entry("GET /course/import/problems", is(For.NOBODY_YET)),
            entry("POST /course/import/confirmation", is(For.EACH_INSTRUCTOR)),
            entry("POST /course/import/removal", is(For.EACH_INSTRUCTOR)),
            entry("GET /course/entries", is(For.EACH_STAFF)),
            entry("POST /course/entries/confirmations", is(For.EACH_INSTRUCTOR, "name", "")),
            entry("POST /course/entries/sessions", is(For.EACH_INSTRUCTOR, "name", "")),
            entry("POST /course/entries/evidence", is(For.EACH_INSTRUCTOR, "name", "")),
            entry("GET /course/entries/{itemId}", is(For.ITS_STAFF)),
            entry("POST /course/entries/{itemId}/confirmations", is(For.ITS_INSTRUCTORS, "is", "{personId}")),
            entry("POST /course/entries/{itemId}/attendance", is(For.ITS_INSTRUCTORS)),
            entry("POST /course/entries/{itemId}/everybody", is(For.ITS_INSTRUCTORS)),
            entry("GET /course/entries/{itemId}/removal", is(For.ITS_INSTRUCTORS)),
            entry("POST /course/entries/{itemId}/removal", is(For.ITS_INSTRUCTORS)),
            entry("GET /course/entries/{itemId}/learners/{personId}", is(For.ITS_STAFF)),
            entry(
                    "POST /course/entries/{itemId}/learners/{personId}/assessment",
                    is(For.ITS_INSTRUCTORS, "version", "1", "verdict", "accepted")),
            entry(
                    "GET /course/entries/{itemId}/learners/{personId}/versions/{version}/files/{place}",
                    is(For.ITS_STAFF)),
            entry("GET /my/entries", is(For.EACH_LEARNER)),
            entry("GET /my/entries/{itemId}", is(For.ITS_LEARNERS)),
            entry("POST /my/entries/{itemId}", is(For.ITS_LEARNERS, "text", "mine")),
            entry("GET /my/entries/{itemId}/versions/{version}/files/{place}", is(For.THE_HOLDER)),
            entry("GET /badges/new", is(For.EACH_INSTRUCTOR)),
            entry("GET /badges/new ?column", is(For.ITS_INSTRUCTORS, "column", "{lineItemId}")),
            entry("GET /badges/new ?group", is(For.NOBODY_YET, "group", "Nothing")),
            entry("GET /badges/new ?several", is(For.EACH_INSTRUCTOR, "several", "on")),
            entry(
                    "POST /badges",
                    is(
                            For.EACH_INSTRUCTOR,
                            "several",
                            "on",
                            "parts[300].chosen",
                            "on",
                            "parts[300].column",
                            "{lineItemId}",
                            "imageId",
                            "{imageId}")),
            entry("GET /badges/{ruleSetId}/columns/{lineItemId}", is(For.ITS_INSTRUCTORS)),
            entry("POST /badges/{ruleSetId}/columns/{lineItemId}", is(For.ITS_INSTRUCTORS, "to", "1")),
            entry("GET /badges/rule", is(For.ITS_INSTRUCTORS, "ruleSetId", "{ruleSetId}")),
            entry("POST /badges/rule", is(For.ITS_INSTRUCTORS, "ruleSetId", "{ruleSetId}")),
            entry("POST /badges/rule/preview", is(For.ITS_INSTRUCTORS, "ruleSetId", "{ruleSetId}")),
            entry("POST /badges/preview", is(For.ITS_INSTRUCTORS, "ruleSetId", "{ruleSetId}", "name", "x")),
            entry("GET /badges/{ruleSetId}", is(For.ITS_STAFF)),
            entry("POST /badges/{ruleSetId}", is(For.ITS_INSTRUCTORS, "name", "")),
            entry("GET /badges/{ruleSetId}/edit", is(For.ITS_INSTRUCTORS)),
            entry("GET /badges/{ruleSetId}/activation", is(For.ITS_INSTRUCTORS)),
            entry("POST /badges/{ruleSetId}/activation/{version}/{heads}", is(For.ITS_INSTRUCTORS)),
            entry("POST /badges/{ruleSetId}/activation/from-now-on/{version}/{heads}", is(For.ITS_INSTRUCTORS)),
            entry("GET /badges/{ruleSetId}/activation/threshold", is(For.ITS_INSTRUCTORS)),
            entry("POST /badges/{ruleSetId}/activation/threshold", is(For.ITS_INSTRUCTORS, "at", "")),
            entry("POST /badges/{ruleSetId}/columns", is(For.ITS_INSTRUCTORS)),
            entry("POST /badges/{ruleSetId}/pause", is(For.ITS_INSTRUCTORS)),
            entry("POST /badges/{ruleSetId}/deletion/{version}", is(For.ITS_INSTRUCTORS)),
            entry("POST /badges/{ruleSetId}/retirement", is(For.ITS_INSTRUCTORS)),
            entry("POST /badges/{ruleSetId}/retirement/end", is(For.ITS_INSTRUCTORS)),
            entry("POST /badges/{ruleSetId}/passback", is(For.ITS_INSTRUCTORS, "on", "true")),
            entry("GET /badges/{ruleSetId}/policy", is(For.ITS_INSTRUCTORS)),
            entry("POST /badges/{ruleSetId}/policy", is(For.ITS_INSTRUCTORS, "brakeShare", "")),
            entry("GET /badges/{ruleSetId}/release", is(For.ITS_INSTRUCTORS)),
            entry("POST /badges/{ruleSetId}/release/{shown}", is(For.ITS_INSTRUCTORS)),
            entry("GET /badges/{ruleSetId}/passes/{passId}", is(For.ITS_INSTRUCTORS)),
            entry("POST /badges/{ruleSetId}/passes/{passId}/confirmation", is(For.ITS_INSTRUCTORS)),
            entry(
                    "POST /badges/{ruleSetId}/passes/{passId}/undoing/{why}/{people}/{back}/{asking}",
                    is(For.ITS_INSTRUCTORS)),
            entry(
                    "POST /badges/{ruleSetId}/passes/{passId}/undoing/end",
                    is(For.ITS_INSTRUCTORS, "reason", "All of them", "people", "0")),
            entry("GET /badges/{ruleSetId}/cases", is(For.ITS_INSTRUCTORS)),
            entry("POST /badges/{ruleSetId}/cases/review", is(For.ITS_INSTRUCTORS)),
            entry("POST /badges/{ruleSetId}/cases/review/acceptance/{shown}", is(For.ITS_INSTRUCTORS)),
            entry("POST /badges/{ruleSetId}/cases/falls/{fallId}", is(For.ITS_INSTRUCTORS)),
            entry(
                    "POST /badges/{ruleSetId}/cases/questions/{questionId}",
                    is(For.ITS_INSTRUCTORS, "asked", "2026-01-01T00:00:00Z")),
            entry("POST /badges/{ruleSetId}/cases/people/{personId}/grant", is(For.ITS_INSTRUCTORS)),
            entry(
                    "POST /badges/{ruleSetId}/cases/people/{personId}/decisions/{decisionId}/confirmation",
                    is(For.ITS_INSTRUCTORS)),
            entry(
                    "POST /badges/{ruleSetId}/cases/people/{personId}/decisions/{decisionId}/end",
                    is(For.ITS_INSTRUCTORS)),
            entry(
                    "POST /badges/{ruleSetId}/cases/people/{personId}/awards/{awardId}/withdrawal",
                    is(For.ITS_INSTRUCTORS)),
            entry("POST /badges/{ruleSetId}/questions", is(For.ITS_LEARNERS)),
            entry("GET /badges/{ruleSetId}/awards/{awardId}/record", is(For.ITS_STAFF)),
            entry("GET /badges/{ruleSetId}/awards/{awardId}/record.json", is(For.ITS_STAFF)),
            entry("GET /my/badges/{awardId}/record", is(For.THE_HOLDER)),
            entry("GET /my/badges/{awardId}/record.json", is(For.THE_HOLDER)),
            entry("POST /my/badges/{awardId}/questions", is(For.THE_HOLDER)),
            entry("GET /badges/{ruleSetId}/learners/{personId}", is(For.ITS_STAFF_AND_HER)),
            entry("GET /pictures/{imageId}", is(For.ITS_STAFF_AND_LEARNERS)),
            entry("GET /pictures/drawing", is(For.EACH_INSTRUCTOR, "name", "x", "colour", "#123456")),
            entry("GET /shelf", is(For.EACH_LEARNER, "everywhere", "true")),
            entry("POST /shelf/news", is(For.EACH_LEARNER, "until", "2026-01-01T00:00:00Z")),
            entry("GET /my/badges/{awardId}", is(For.THE_HOLDER)),
            entry("GET /my/badges/{awardId}/share", is(For.THE_HOLDER)),
            entry("GET /my/badges/{awardId}/claim", is(For.THE_HOLDER)),
            entry("POST /my/badges/{awardId}/claim", is(For.THE_HOLDER, "audience", "link", "name", "NAME")),
            entry("POST /my/badges/{awardId}/arrival", is(For.THE_HOLDER)),
            entry("POST /my/badges/{awardId}/refusal", is(For.THE_HOLDER)),
            entry("POST /my/badges/{awardId}/share", is(For.THE_HOLDER)),
            entry("GET /my/badges/{awardId}/disclosure", is(For.THE_HOLDER)),
            entry("POST /my/badges/{awardId}/disclosure", is(For.THE_HOLDER, "detail", "RESULTS")),
            entry("GET /my/badges/{awardId}/name", is(For.THE_HOLDER)),
            entry("POST /my/badges/{awardId}/name", is(For.THE_HOLDER, "name", "true")),
            entry("POST /my/badges/{awardId}/share/until/{lastDay}", is(For.THE_HOLDER)),
            entry("GET /my/badges/{awardId}/share/end", is(For.THE_HOLDER)),
            entry("POST /my/badges/{awardId}/share/end", is(For.THE_HOLDER, "end", "DAYS_30")),
            entry("POST /my/badges/{awardId}/share/withdrawal", is(For.THE_HOLDER)),
            entry("GET /my/kit.zip", is(For.THE_HOLDER)),
            entry("GET /my/transcript.pdf", is(For.THE_HOLDER)),
            entry("GET /my/record.jws", is(For.THE_HOLDER)),
            entry("GET /my/badges/{awardId}/image.png", is(For.THE_HOLDER)),
            entry("GET /my/badges/{awardId}/certificate.pdf", is(For.THE_HOLDER)),
            entry("GET /my/badges/{awardId}/image.svg", is(For.THE_HOLDER)),
            entry("GET /my/badges/{awardId}/backpack", is(For.THE_HOLDER)),
            entry("GET /my/badges/{awardId}/backpack.png", is(For.NOBODY_YET)),
            entry("POST /my/badges/{awardId}/backpack", is(For.THE_HOLDER, "email", "ada@example.org")),
            entry("POST /my/badges/{awardId}/backpack/end", is(For.THE_HOLDER)),
            entry("GET /my/badges/{awardId}/credential.json", is(For.THE_HOLDER)),
            entry("GET /my/badges/{awardId}/credential.jwt", is(For.THE_HOLDER)),
            entry("GET /my/badges/{awardId}/wallet", is(For.THE_HOLDER)),
            entry("POST /my/badges/{awardId}/wallet", is(For.THE_HOLDER)),
            entry("POST /my/badges/{awardId}/wallet/removal", is(For.THE_HOLDER)),
            entry("GET /.well-known/openid-credential-issuer/wallet/{issuerId}", is(For.THE_PUBLIC)),
            entry("GET /.well-known/oauth-authorization-server/wallet/{issuerId}", is(For.THE_PUBLIC)),
            entry("POST /my/badges/{awardId}/owner/{questionId}", is(For.THE_HOLDER)),
            entry("GET /b/{token}/owner", is(For.THE_PUBLIC)),
            // Anybody with the address may ask; the address of the answer is the secret of whoever asked.
            entry("POST /b/{token}/owner", is(For.THE_PROTOCOL)),
            entry("GET /b/{token}/owner/{secret}", is(For.THE_PROTOCOL)),
            entry("GET /wallet/questions/{token}/{secret}", is(For.THE_PROTOCOL)),
            entry("POST /wallet/questions/{token}/{secret}", is(For.THE_PROTOCOL)),
            entry("GET /my/backpacks", is(For.EACH_LEARNER)),
            // Of whoever asks, and of nobody else: BackpackIntegrationTests.
            entry("POST /my/backpacks/{id}/removal", is(For.EACH_LEARNER)),
            entry("GET /ims/ob/v3p0/discovery", is(For.THE_PUBLIC)),
            entry("GET /backpacks/about", is(For.THE_PUBLIC)),
            // What the authorization server or the backpack was given is the proof.
            entry("GET /backpacks/consent", is(For.THE_PROTOCOL)),
            entry("GET /ims/ob/v3p0/credentials", is(For.THE_PROTOCOL)),
            entry("GET /ims/ob/v3p0/profile", is(For.THE_PROTOCOL)),
            // What a wallet was given is its proof.
            entry("GET /wallet/{issuerId}/offers/{secret}", is(For.THE_PROTOCOL)),
            entry("GET /wallet/{issuerId}/interactions/{secret}", is(For.THE_PROTOCOL)),
            entry("POST /wallet/{issuerId}/exchanges/{secret}", is(For.THE_PROTOCOL)),
            entry("POST /wallet/{issuerId}/token", is(For.THE_PROTOCOL)),
            entry("POST /wallet/{issuerId}/nonce", is(For.THE_PROTOCOL)),
            entry("POST /wallet/{issuerId}/credential", is(For.THE_PROTOCOL)),
            entry("GET /learners/{personId}", is(For.ITS_STAFF)),
            entry("GET /learners/unknown", is(For.EVERYBODY_SIGNED_IN)),
            // Observers may look only where their institution says so, which neither of the two did.
            entry("GET /observed", is(For.NOBODY_YET)),
            entry("GET /my/accounts", is(For.EACH_LEARNER)),
            entry("POST /my/accounts/code", is(For.EACH_LEARNER)),
            entry("POST /my/accounts/link", is(For.EACH_LEARNER, "code", "0000-0000-0000")),
            entry("POST /my/accounts/unlink", is(For.EACH_LEARNER)),
            entry("GET /my/address", is(For.EVERYBODY_SIGNED_IN)),
            entry("POST /my/address", is(For.EACH_LEARNER)),
            entry("POST /my/address/confirmation", is(For.EACH_LEARNER)),
            entry("POST /my/address/removal", is(For.EVERYBODY_SIGNED_IN)),
            entry("GET /my/shelf", is(For.WHOEVER_CAME_BY_MAIL)),
            entry("POST /my/shelf/leaving", is(For.WHOEVER_CAME_BY_MAIL)),
            entry("GET /issuers/{issuerId}/my-badges", is(For.THE_PUBLIC)),
            entry("POST /issuers/{issuerId}/my-badges", is(For.THE_PROTOCOL)),
            entry("GET /my-badges/{token}", is(For.THE_PROTOCOL)),
            entry("POST /my-badges/{token}", is(For.THE_PROTOCOL)),
            entry("GET /my/messages", is(For.EACH_LEARNER)),
            entry("POST /my/messages", is(For.EACH_LEARNER, "wanted", "true")),
            // Answers only to what a message says, and then does one thing.
            entry("GET /messages/silence/{token}", is(For.THE_PROTOCOL)),
            entry("POST /messages/silence/{token}", is(For.THE_PROTOCOL)),
            entry("GET /privacy", is(For.EVERYBODY_SIGNED_IN)),
            entry("GET /privacy/data.json", is(For.EVERYBODY_SIGNED_IN)),
            entry("GET /institution/observers/{wanted}", is(For.EACH_ADMIN)),
            entry("POST /institution/observers/{wanted}", is(For.EACH_ADMIN)),
            // Asks once more first, and is about whoever asks.
            entry("POST /privacy/erasure", is(For.EVERYBODY_SIGNED_IN)),
            // Only somebody whom a deep linking request brought has them.
            entry("GET /deep-linking", is(For.WHOEVER_CHOOSES)),
            entry("POST /deep-linking", is(For.WHOEVER_CHOOSES, "links", "course")),
            entry("POST /deep-linking/cancellation", is(For.WHOEVER_CHOOSES)),
            entry("GET /deep-linking/answer", is(For.WHOEVER_CHOOSES)),
            entry("GET /institution", is(For.EACH_ADMIN, "find", "a")),
            entry("GET /institution/road", is(For.EACH_ADMIN, "reference", "{reference}")),
            entry("GET /course/sources", is(For.EACH_INSTRUCTOR)),
            entry("POST /events/canvas/{path}", is(For.THE_PROTOCOL)),
            entry("POST /events/results/{path}", is(For.THE_PROTOCOL)),
            entry("GET /institution/events", is(For.EACH_ADMIN)),
            entry("GET /institution/integrity", is(For.EACH_ADMIN)),
            entry("GET /institution/looks", is(For.EACH_ADMIN)),
            entry("GET /my/brought", is(For.EACH_LEARNER)),
            entry("POST /my/brought", is(For.EACH_LEARNER)),
            entry("POST /my/brought/{broughtId}/removal", is(For.NOBODY_YET)),
            entry("GET /course/brought", is(For.EACH_INSTRUCTOR)),
            entry("POST /course/brought/{broughtId}/decision", is(For.NOBODY_YET, "hers", "true")),
            entry("GET /institution/frameworks", is(For.EACH_ADMIN)),
            entry("POST /institution/frameworks", is(For.EACH_ADMIN)),
            entry("POST /institution/frameworks/{frameworkId}/removal", is(For.NOBODY_YET)),
            entry("GET /institution/endorsements", is(For.EACH_ADMIN)),
            entry("POST /institution/endorsements", is(For.EACH_ADMIN)),
            entry("POST /institution/endorsements/issued", is(For.EACH_ADMIN)),
            entry("POST /institution/endorsements/{endorsementId}/decision", is(For.NOBODY_YET, "shown", "true")),
            entry("POST /institution/endorsements/issued/{endorsementId}/end", is(For.NOBODY_YET)),
            entry("POST /institution/endorsements/holders/{awardId}/decision", is(For.ITS_ADMIN, "shown", "true")),
            entry("GET /endorsements/{endorsementPublicId}", is(For.THE_PUBLIC)),
            entry("GET /my/badges/{awardId}/endorsement", is(For.THE_HOLDER)),
            entry("POST /my/badges/{awardId}/endorsement", is(For.THE_HOLDER)),
            entry("POST /my/badges/{awardId}/endorsement/removal", is(For.THE_HOLDER)),
            entry("GET /institution/archives", is(For.EACH_ADMIN)),
            entry("POST /institution/archives", is(For.EACH_ADMIN)),
            entry("GET /institution/archives/arrival", is(For.EACH_ADMIN)),
            entry("GET /institution/archives/arrivals/{archiveId}/giving-up", is(For.ITS_ADMIN)),
            entry("POST /institution/archives/arrivals/{archiveId}/giving-up", is(For.ITS_ADMIN)),
            entry("POST /institution/archives/permission", is(For.EACH_ADMIN)),
            entry("POST /institution/archives/file", is(For.EACH_ADMIN)),
            entry("GET /institution/archives/arrived/{arrivalId}", is(For.ITS_ADMIN)),
            entry(
                    "GET /institution/archives/arrived/{arrivalId}/credentials/{credentialId}/badge.json",
                    is(For.ITS_ADMIN)),
            entry(
                    "GET /institution/archives/arrived/{arrivalId}/credentials/{credentialId}/badge.jwt",
                    is(For.ITS_ADMIN)),
            entry(
                    "GET /institution/archives/arrived/{arrivalId}/credentials/{credentialId}/withdrawal",
                    is(For.ITS_ADMIN)),
            entry(
                    "POST /institution/archives/arrived/{arrivalId}/credentials/{credentialId}/withdrawal",
                    is(For.ITS_ADMIN)),
            entry("GET /arrived/{arrivalId}/did.json", is(For.THE_PUBLIC)),
            entry("GET /arrived/{arrivalId}/keys/{fragment}", is(For.THE_PUBLIC)),
            entry("GET /arrived/{arrivalId}/status-lists/{listId}", is(For.THE_PUBLIC)),
            entry("GET /arrived/{arrivalId}/status-lists/{listId}/suspensions", is(For.THE_PUBLIC)),
            entry("POST /institution/events/{registrationId}", is(For.ITS_ADMIN)),
            entry("POST /institution/events/{registrationId}/end", is(For.ITS_ADMIN)),
            entry("GET /institution/accounts", is(For.EACH_ADMIN)),
            entry("GET /institution/accounts/{caseId}/{word}", is(For.NOBODY_YET)),
            entry("POST /institution/accounts/{caseId}/{word}", is(For.NOBODY_YET)),
            entry("POST /institution/issuers", is(For.EACH_ADMIN, "name", "Department")),
            entry("POST /institution/signing", is(For.EACH_ADMIN, "jwt", "RS256")),
            entry("GET /institution/issuers/{issuer}", is(For.ITS_ADMIN)),
            entry("POST /institution/issuers/{issuer}/key", is(For.ITS_ADMIN)),
            entry("POST /institution/issuers/{issuer}/key/theft", is(For.ITS_ADMIN)),
            entry("POST /institution/issuers/{issuer}", is(For.ITS_ADMIN, "name", "Department")),
            entry("POST /institution/courses/{contextId}/issuer", is(For.ITS_ADMIN, "issuerId", "0")),
            entry("GET /institution/self-test/{registrationId}", is(For.ITS_ADMIN)),
            entry("GET /institution/self-test/{registrationId}/progress", is(For.ITS_ADMIN)),
            entry("POST /institution/self-test/{registrationId}", is(For.ITS_ADMIN)),
            entry("GET /institution/self-test/{registrationId}/report.txt", is(For.ITS_ADMIN)),
            entry("GET /institution/self-test/{registrationId}/report.json", is(For.ITS_ADMIN)),
            entry("GET /institution/moodle/{registrationId}", is(For.ITS_ADMIN)),
            entry("POST /institution/moodle/{registrationId}", is(For.ITS_ADMIN, "address", "x", "token", "y")),
            entry("POST /institution/moodle/{registrationId}/trial", is(For.ITS_ADMIN)),
            entry("POST /institution/moodle/{registrationId}/removal", is(For.ITS_ADMIN)),
            entry("GET /operator/registrations/{id}/self-test", is(For.OPERATOR)),
            entry("POST /operator/registrations/{id}/self-test", is(For.OPERATOR)),
            entry("GET /operator/registrations/{id}/self-test/report.txt", is(For.OPERATOR)),
            entry("GET /operator/registrations/{id}/self-test/report.json", is(For.OPERATOR)),
            entry("GET /institution/canvas/{registrationId}", is(For.ITS_ADMIN)),
            entry("POST /institution/canvas/{registrationId}", is(For.ITS_ADMIN, "address", "x")),
            entry("POST /institution/canvas/{registrationId}/removal", is(For.ITS_ADMIN)),
            entry("POST /institution/canvas/{registrationId}/permission", is(For.ITS_ADMIN)),
            entry("POST /institution/canvas/{registrationId}/withdrawal", is(For.ITS_ADMIN)),
            entry("GET /course/canvas", is(For.EACH_INSTRUCTOR)),
            entry("POST /course/canvas/permission", is(For.EACH_INSTRUCTOR)),
            entry("POST /course/canvas/withdrawal", is(For.EACH_INSTRUCTOR)),
            // What the browser was given when it left is the proof.
            entry("GET /reading/canvas/callback", is(For.THE_PROTOCOL)),
            entry("POST /institution/deployments/{pk}/approval", is(For.ITS_ADMIN)),
            entry("POST /institution/deployments/{pk}/former/{formerPk}", is(For.ITS_ADMIN)),
            entry("GET /institution/courses/{contextId}/issuers/{issuer}", is(For.ITS_ADMIN)),
            entry("POST /institution/courses/{contextId}/issuers/{issuer}", is(For.ITS_ADMIN)),
            entry("POST /acts/confirmation", is(For.THE_PROTOCOL)),
            entry("POST /acts/ticket", is(For.THAT_LAUNCH, "ticket", "x")),
            entry("GET /acts/{number}", is(For.EVERYBODY_SIGNED_IN)),
            entry("GET /operator", is(For.OPERATOR)),
            entry("GET /operator/registrations", is(For.OPERATOR)),
            entry("POST /operator/registrations/{id}/activation", is(For.OPERATOR, "active", "false")),
            entry("POST /operator/registrations/{id}/test-copy", is(For.OPERATOR, "marked", "true")),
            entry("GET /operator/deployments", is(For.OPERATOR)),
            entry("POST /operator/deployments/{pk}/approval", is(For.OPERATOR, "newTenant", "Mine")),
            entry("POST /operator/deployments/{pk}/suspension", is(For.OPERATOR)),
            entry("GET /operator/registration-links", is(For.OPERATOR)),
            entry("POST /operator/registration-links", is(For.OPERATOR, "newTenant", "Mine")),
            entry("POST /operator/registration-links/renewals", is(For.OPERATOR, "registration", "{id}")),
            entry("POST /operator/registration-links/{id}/withdrawal", is(For.OPERATOR)),
            entry("GET /lti/register", is(For.THE_PROTOCOL)),
            entry("GET /lti/register/{token}", is(For.THE_PROTOCOL)),
            entry("GET /operator/keys", is(For.OPERATOR)),
            entry("POST /operator/keys/rotation", is(For.OPERATOR)),
            entry("GET /operator/tool-configuration", is(For.OPERATOR)),
            entry("GET /operator/tool-configuration/canvas.json", is(For.OPERATOR)),
            entry("GET /operator/jobs", is(For.OPERATOR)),
            entry("POST /operator/jobs/{reference}/attempts", is(For.OPERATOR)),
            entry("POST /operator/jobs/set-aside/{kind}/{tenant}/attempts", is(For.OPERATOR)),
            entry("GET /operator/metrics", is(For.OPERATOR)),
            entry("GET /operator/road", is(For.OPERATOR, "reference", "{reference}")),
            entry("POST /operator/leave", is(For.OPERATOR)),
            entry("GET /b/{token}", is(For.THE_PUBLIC)),
            entry("GET /b/{token}/image.png", is(For.THE_PUBLIC)),
            entry("GET /b/{token}/picture", is(For.THE_PUBLIC)),
            entry("GET /b/{token}/card.png", is(For.THE_PUBLIC)),
            entry("GET /b/{token}/qr.svg", is(For.THE_PUBLIC)),
            entry("GET /b/{token}/embed", is(For.THE_PUBLIC)),
            entry("GET /b/{token}/certificate.pdf", is(For.THE_PUBLIC)),
            entry("GET /b/{token}/linkedin", is(For.THE_PUBLIC)),
            entry("GET /b/{token}/image.svg", is(For.THE_PUBLIC)),
            entry("GET /b/{token}/credential.json", is(For.THE_PUBLIC)),
            entry("GET /b/{token}/record", is(For.THE_PUBLIC)),
            entry("GET /b/{token}/record.json", is(For.THE_PUBLIC)),
            entry("GET /b/{token}/work", is(For.THE_PUBLIC)),
            // Nothing was handed in for this badge, so there is no file, for the holder neither:
            // DisclosureIntegrationTests.
            entry("GET /b/{token}/evidence/{itemId}/versions/{version}/files/{place}", is(For.THE_PROTOCOL)),
            entry("GET /b/{token}/credential.jwt", is(For.THE_PUBLIC)),
            entry("GET /achievements/{publicId}/{version}", is(For.THE_PUBLIC)),
            entry("GET /achievements/{publicId}/{version}/image.png", is(For.THE_PUBLIC)),
            entry("GET /achievements/{publicId}/{version}/decisions/{hash}", is(For.THE_PUBLIC)),
            entry("GET /refresh/{refreshToken}", is(For.THE_PUBLIC)),
            entry("GET /status-lists/{listId}", is(For.THE_PUBLIC)),
            entry("GET /status-lists/{listId}/suspensions", is(For.THE_PUBLIC)),
            entry("GET /issuers/{issuerId}", is(For.THE_PUBLIC)),
            entry("GET /issuers/{issuerId}/image.png", is(For.THE_PUBLIC)),
            entry("GET /issuers/{issuerId}/images/{imageId}.png", is(For.THE_PUBLIC)),
            entry("GET /issuers/{issuerId}/did.json", is(For.THE_PUBLIC)),
            entry("GET /issuers/{issuerId}/keys/{fragment}", is(For.THE_PUBLIC)),
            entry("GET /lti/jwks.json", is(For.THE_PUBLIC)),
            entry("GET /health", is(For.THE_PUBLIC)),
            // Given away by its holder; there is none here.
            entry("GET /assertions/{token}", is(For.THE_PROTOCOL)),
            entry("GET /achievements/{publicId}/{version}/ob2.json", is(For.THE_PUBLIC)),
            entry("GET /issuers/{issuerId}/ob2.json", is(For.THE_PUBLIC)),
            entry("GET /verify", is(For.THE_PUBLIC)),
            // Looks at what is brought and keeps nothing.
            entry("POST /verify", is(For.THE_PROTOCOL)),
            entry("GET /operator/enter/{token}", is(For.THE_PROTOCOL)),
            entry("GET /lti/login", is(For.THE_PROTOCOL)),
            entry("POST /lti/login", is(For.THE_PROTOCOL)),
            entry("GET /lti/launch", is(For.THE_PROTOCOL)),
            entry("POST /lti/launch", is(For.THE_PROTOCOL)),
            entry("POST /lti/notices", is(For.THE_PROTOCOL)),
            entry("GET /lti/login/cookie", is(For.THE_PROTOCOL)),
            entry("POST /lti/launch/finish", is(For.THE_PROTOCOL)),
            entry("POST /lti/hand-over", is(For.THE_PROTOCOL)),
            entry("ANY /error", is(For.THE_PROTOCOL))));

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Autowired
    ApplicationContext app;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Contexts contexts;

    @Autowired
    Awards awards;

    @Autowired
    Credentials credentials;

    @Autowired
    Shares shares;

    @Autowired
    Disclosures disclosures;

    @Autowired
    Passback passback;

    @Autowired
    ManualGradebook manual;

    @Autowired
    PublicUrl publicUrl;

    private LmsCourse here;

    private LmsCourse elsewhere;

    private Award award;

    private RuleSet ruleSet;

    private final Map<String, String> ids = new HashMap<>();

    private final Map<Who, String> sessions = new HashMap<>();

    private final Map<String, String> tokens = new HashMap<>();

    @BeforeAll
    void aCourseWithAnAwardThatIsShared() {
        here = LmsCourse.startWithJobs(app, ReferenceLms.builder().students(2));
        elsewhere = LmsCourse.startWithJobs(app, ReferenceLms.builder().students(2));
        LmsUser holder = here.course().enrol("Zuleika", HOLDER, LmsRole.LEARNER);
        LmsUser designer = here.course().enrol("Dora", "Zweig", LmsRole.DESIGNER);
        LmsUser observer = here.course().enrol("Otto", "Zweig", LmsRole.OBSERVER);
        Course nextDoor = here.lms()
                .addCourse("Marine biology", "BIO-1", 2, here.lms().tools().get(0));
        sessions.put(Who.HOLDER, launch(here.lms(), here.course(), holder));
        sessions.put(
                Who.CLASSMATE, launch(here.lms(), here.course(), here.course().student(0)));
        sessions.put(
                Who.ASSISTANT, launch(here.lms(), here.course(), here.course().assistant()));
        sessions.put(Who.DESIGNER, launch(here.lms(), here.course(), designer));
        sessions.put(Who.OBSERVER, launch(here.lms(), here.course(), observer));
        sessions.put(
                Who.TEACHER, launch(here.lms(), here.course(), here.course().teacher()));
        sessions.put(Who.INSTRUCTOR_NEXT_DOOR, launch(here.lms(), nextDoor, nextDoor.teacher()));
        sessions.put(Who.STUDENT_NEXT_DOOR, launch(here.lms(), nextDoor, nextDoor.student(0)));
        Course other = elsewhere.course();
        sessions.put(Who.INSTRUCTOR_ELSEWHERE, launch(elsewhere.lms(), other, other.teacher()));
        sessions.put(Who.STUDENT_ELSEWHERE, launch(elsewhere.lms(), other, other.student(0)));
        Browser admin = new Browser();
        assertThat(admin.launch(elsewhere
                                .lms()
                                .launchAsAdministrator(elsewhere.lms().tools().get(0)))
                        .status())
                .isEqualTo(200);
        sessions.put(Who.ADMIN_ELSEWHERE, session(admin));
        lms.Column column = here.addColumn(COLUMN, 100);
        LineItem item = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> gradebook.lineItems(here.tenant(), here.contextId()).stream()
                                .filter(each -> each.label().equals(COLUMN))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
        Issuer issuer = issuers.of(here.tenant(), here.contextId(), "Academic writing");
        long teacher = here.person(here.course().teacher());
        AchievementVersion badge = achievements.create(
                here.tenant(),
                issuer.id(),
                new AchievementDraft(BADGE, "Keeps " + BADGE, "80 % in " + COLUMN, "#1f4e79", null),
                teacher);
        ruleSet = ruleSets.create(
                here.tenant(),
                here.contextId(),
                badge.achievementId(),
                badge.version(),
                Score.atLeast(item.id(), BigDecimal.valueOf(80), Rule.Unit.PERCENT),
                teacher);
        ruleSets.activate(here.tenant(), ruleSet.id(), teacher);
        here.course().typeGrade(holder, column, "91");
        award = await().atMost(Duration.ofSeconds(60))
                .until(() -> awards.ofRuleSet(here.tenant(), ruleSet.id()), found -> !found.isEmpty())
                .get(0);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> credentials
                        .find(here.tenant(), award.id())
                        .filter(stored -> stored.jwt() != null)
                        .isPresent());
        awards.claim(here.tenant(), award.id(), award.personId(), Award.NameShown.NONE);
        String url = shares.share(here.tenant(), award.id(), award.personId());
        disclosures.choose(
                here.tenant(), award.id(), award.personId(), new Disclosure(Disclosure.Detail.RESULTS, true));
        ruleSet = ruleSets.find(here.tenant(), ruleSet.id()).orElseThrow();
        ids.put("ruleSetId", Long.toString(ruleSet.id()));
        // As if Laurel had added it, so that its page is there.
        app.getBean(JdbcClient.class)
                .sql("UPDATE line_item SET created_here = true WHERE id = ?")
                .param(item.id())
                .update();
        app.getBean(JdbcClient.class)
                .sql("UPDATE issuer SET image_id = ? WHERE id = ?")
                .params(badge.imageId(), issuer.id())
                .update();
        app.getBean(JdbcClient.class)
                .sql("INSERT INTO issuer_logo (tenant_id, issuer_id, image_id) VALUES (?, ?, ?)")
                .params(here.tenant().value(), issuer.id(), badge.imageId())
                .update();
        ids.put("lineItemId", Long.toString(item.id()));
        ids.put("imageId", Long.toString(badge.imageId()));
        ids.put("personId", Long.toString(award.personId()));
        ids.put("awardId", Long.toString(award.id()));
        ids.put("contextId", Long.toString(here.contextId()));
        ids.put("reference", award.reference().value());
        ids.put("kind", "credentials");
        ids.put("tenant", Long.toString(here.tenant().value()));
        ids.put("token", url.substring(url.lastIndexOf('/') + 1));
        String refresh =
                credentials.refreshes(here.tenant(), List.of(award.id())).get(award.id());
        ids.put("refreshToken", refresh.substring(refresh.lastIndexOf('/') + 1));
        ids.put("publicId", badge.achievementPublicId().toString());
        ids.put("version", Integer.toString(badge.version()));
        ids.put("issuerId", issuer.publicId().toString());
        ids.put("listId", statusList(award));
        ids.put("credentialId", award.publicId().toString());
        ids.put("hash", "0a".repeat(32));
        ids.put("fragment", fragment(issuer));
        ids.put("registrationId", Long.toString(here.registrationId()));
        ids.put("id", Long.toString(here.registrationId()));
        ids.put("pk", "1");
        ids.put("formerPk", "2");
        ids.put("issuer", Long.toString(issuer.id()));
        ids.put("heads", "1");
        ids.put("read", "0");
        ids.put("letters", "OTAgQQowIEY");
        ids.put("people", "1");
        ids.put("back", "0");
        ids.put("asking", "0");
        ids.put("shown", "0-1");
        ids.put("decisionId", "1");
        ids.put("number", "x");
        ids.put("lastDay", LocalDate.now().plusDays(30).toString());
        ids.put("wanted", "FORBIDDEN");
        ids.put("itemId", Long.toString(task(teacher)));
        ids.put("place", "0");
        ids.put("passId", String.valueOf(award.passId()));
        ids.put("why", "mistake");
        ids.put("fallId", "1");
        ids.put("questionId", "1");
        ids.put("caseId", "1");
        ids.put("word", "ONE_PERSON");
        ids.put("path", "x");
        ids.put("arrivalId", arrival());
        ids.put("archiveId", archive());
        ids.put("endorsementId", "1");
        ids.put("frameworkId", "1");
        ids.put("broughtId", "1");
        ids.put("endorsementPublicId", issuedEndorsement());
        ids.put("credentialId", award.publicId().toString());
    }

    private String issuedEndorsement() {
        String id = UUID.randomUUID().toString();
        app.getBean(JdbcClient.class).sql("""
                INSERT INTO issued_endorsement (tenant_id, public_id, issuer_id, subject, title, content, issued_by, issued_at)
                VALUES (?, ?, 1, 'did:web:other.example', 'Other', '{}', 1, NOW(6))""").params(here.tenant().value(), id).update();
        return id;
    }

    /** One that is being brought in. */
    private String archive() {
        JdbcClient jdbc = app.getBean(JdbcClient.class);
        long tenant = here.tenant().value();
        jdbc.sql("""
                INSERT INTO archive_arrival (tenant_id, by_person, state, under_way, brought_at, bytes, bytes_read, entries_read,
                    issuers, badges, badges_done, badges_new)
                VALUES (?, 1, 'CHECKING', 1, NOW(6), 9, 9, 9, 0, 0, 0, 0)""").param(tenant).update();
        return jdbc.sql("SELECT CAST(MAX(id) AS CHAR) FROM archive_arrival WHERE tenant_id = ?")
                .param(tenant)
                .query(String.class)
                .single();
    }

    /** An issuer that was brought here from elsewhere. */
    private String arrival() {
        String id = UUID.randomUUID().toString();
        long tenant = here.tenant().value();
        JdbcClient jdbc = app.getBean(JdbcClient.class);
        String didDocument = "{\"verificationMethod\": [{\"id\": \"did:web:old.example#%s\", \"publicKeyJwk\": {}}]}"
                .formatted(ids.get("fragment"));
        jdbc.sql("""
                INSERT INTO arrived_issuer (tenant_id, arrival_id, did, name, did_document, as_of, arrived_at)
                VALUES (?, ?, 'did:web:old.example', 'Old', ?, NOW(6), NOW(6))""").params(tenant, id, didDocument).update();
        jdbc.sql("""
                INSERT INTO arrived_status_list (tenant_id, issuer_id, list_id, signed, suspensions, revision)
                SELECT tenant_id, id, ?, '{}', '{}', 1 FROM arrived_issuer WHERE arrival_id = ?""").params(ids.get("listId"), id).update();
        jdbc.sql("""
                INSERT INTO arrived_credential (tenant_id, credential_id, issuer_id, badge, valid_from)
                SELECT tenant_id, ?, id, ?, NOW(6) FROM arrived_issuer WHERE arrival_id = ?""").params(award.publicId().toString(), BADGE, id).update();
        return id;
    }

    private String statusList(Award award) {
        String credential = new String(
                credentials.find(here.tenant(), award.id()).orElseThrow().embedded(), StandardCharsets.UTF_8);
        return credential.replaceFirst("(?s)^.*/status-lists/([0-9a-f-]{36})\".*$", "$1");
    }

    /** Something to hand in, and handed in by the holder. */
    private long task(long teacher) {
        Entering by = new Entering(here.tenant(), here.contextId(), teacher);
        long task =
                manual.addEvidence(by, UUID.randomUUID(), TASK, "", List.of()).id();
        manual.handIn(
                here.tenant(),
                here.contextId(),
                award.personId(),
                task,
                new HandIn(
                        TASK,
                        List.of(),
                        List.of(new HandIn.Upload("mine.txt", TASK.getBytes(StandardCharsets.UTF_8)))));
        return task;
    }

    @AfterAll
    void stop() {
        here.close();
        elsewhere.close();
    }

    @Test
    void everyEndpointHasARule() {
        assertThat(endpoints()).containsExactlyInAnyOrderElementsOf(RULES.keySet());
    }

    @TestFactory
    Stream<DynamicTest> everyEndpointIsForThoseItIsFor() {
        return RULES.entrySet().stream()
                .filter(rule -> rule.getValue().whom() != For.THE_PROTOCOL)
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey() + " is for " + rule.getValue().whom(),
                        () -> knock(rule.getKey(), rule.getValue())));
    }

    /** Everybody who must not, and those outside who may as far as it is theirs. */
    private void knock(String key, Endpoint endpoint) {
        for (Who who : Who.values()) {
            boolean allowed = endpoint.whom().allowed.contains(who);
            if (allowed && !Who.OUTSIDE.contains(who)) {
                continue;
            }
            HttpResponse<String> answer = send(key, endpoint, who, null);
            if (!allowed) {
                assertThat(answer.statusCode())
                        .as(who + " " + key)
                        .isEqualTo(who != Who.STRANGER ? 404 : key.startsWith("POST ") ? 403 : 401);
            } else {
                assertThat(answer.statusCode()).as(who + " " + key).isLessThan(400);
            }
            if (endpoint.whom() != For.THE_PUBLIC) {
                assertThat(answer.body()).as(who + " " + key).doesNotContain(SECRETS);
            }
            if (key.startsWith("GET ")) {
                assertThat(send(key, endpoint, who, "HEAD").statusCode())
                        .as(who + " HEAD " + key)
                        .isEqualTo(answer.statusCode());
            }
        }
        assertThat(ruleSets.find(here.tenant(), ruleSet.id())).hasValue(ruleSet);
        assertThat(awards.find(here.tenant(), award.id()).orElseThrow().nameShown())
                .isEqualTo(Award.NameShown.NONE);
        assertThat(shares.url(here.tenant(), award.id())).hasValue(publicUrl.at("/b/" + ids.get("token")));
        assertThat(passback.isEnabled(here.tenant(), ruleSet.id())).isFalse();
    }

    @Test
    void whatIsTheirsIsThereForThem() {
        RULES.forEach((key, endpoint) -> {
            if (key.startsWith("GET ") && endpoint.whom() != For.THE_PROTOCOL) {
                endpoint.whom().allowed.stream()
                        .filter(who -> !Who.OUTSIDE.contains(who))
                        .forEach(
                                who -> assertThat(send(key, endpoint, who, null).statusCode())
                                        .as(who + " " + key)
                                        .isLessThan(400));
            }
        });
    }

    @Test
    void nothingIsChangedWithoutTheTokenOfTheSession() {
        RULES.forEach((key, endpoint) -> {
            if (key.startsWith("POST ") && endpoint.whom() != For.THE_PROTOCOL) {
                assertThat(send(key, endpoint, Who.TEACHER, "FORGED").statusCode())
                        .as(key)
                        .isEqualTo(403);
            }
        });
    }

    private Set<String> endpoints() {
        Set<String> keys = new TreeSet<>();
        mappings.getHandlerMethods().keySet().forEach(info -> keys.addAll(keys(info)));
        return keys;
    }

    private static Set<String> keys(RequestMappingInfo info) {
        Set<String> methods = new TreeSet<>();
        info.getMethodsCondition().getMethods().forEach(method -> methods.add(method.name()));
        if (methods.isEmpty()) {
            methods.add("ANY");
        }
        StringBuilder parameters = new StringBuilder();
        info.getParamsCondition()
                .getExpressions()
                .forEach(expression -> parameters.append(" ?").append(expression.getName()));
        Set<String> keys = new TreeSet<>();
        for (String method : methods) {
            for (String pattern : info.getPatternValues()) {
                // Two kinds of public ids stand under one name.
                String named = pattern.startsWith("/issuers/") ? pattern.replace("{publicId}", "{issuerId}") : pattern;
                keys.add(method + " " + named + parameters);
            }
        }
        return keys;
    }

    private HttpResponse<String> send(String key, Endpoint endpoint, Who who, @Nullable String how) {
        String[] parts = key.split(" ");
        boolean post = parts[0].equals("POST");
        Map<String, String> parameters = new LinkedHashMap<>();
        endpoint.parameters().forEach((name, value) -> parameters.put(name, filled(value)));
        String session = sessions.get(who);
        String uri = publicUrl.at(filled(parts[1]));
        HttpRequest.Builder request;
        if (post) {
            parameters.put("_csrf", "FORGED".equals(how) || session == null ? "x" : csrf(session));
            request = HttpRequest.newBuilder(URI.create(uri))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(encoded(parameters)));
        } else {
            request = HttpRequest.newBuilder(URI.create(uri + "?" + encoded(parameters)))
                    .method("HEAD".equals(how) ? "HEAD" : "GET", HttpRequest.BodyPublishers.noBody());
        }
        if (session != null) {
            request.header("Cookie", "__Host-laurel=" + session);
        }
        try {
            return HTTP.send(
                    request.header("Accept", "text/html,*/*;q=0.8")
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(key, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(Map<String, String> parameters) {
        Map<String, String> safe = new LinkedHashMap<>();
        parameters.forEach((name, value) -> safe.put(URLEncoder.encode(name, StandardCharsets.UTF_8), value));
        return TestBrowser.form(safe);
    }

    private String filled(String text) {
        Matcher braces = Pattern.compile("\\{(\\w+)}").matcher(text);
        return braces.replaceAll(name -> {
            String value = ids.get(name.group(1));
            assertThat(value).as("an id for " + name.group()).isNotNull();
            return Matcher.quoteReplacement(value);
        });
    }

    /** As a page of that session would carry it. */
    /** The token that the pages of a session carry. */
    private String csrf(String session) {
        return tokens.computeIfAbsent(session, any -> {
            HttpResponse<String> page = page(session, "/home");
            page = page.headers()
                    .firstValue("Location")
                    .map(home -> page(session, home))
                    .orElse(page);
            Matcher token = TOKEN.matcher(page.body());
            assertThat(token.find()).as("a token at %s", page.uri()).isTrue();
            return token.group(1);
        });
    }

    private HttpResponse<String> page(String session, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(publicUrl.at(path)))
                .header("Cookie", "__Host-laurel=" + session)
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String launch(ReferenceLms lms, Course course, LmsUser user) {
        Browser browser = new Browser();
        Page page = browser.launch(lms.launch(course, course.link(), user));
        assertThat(page.status()).as(user.role() + " at " + page.uri()).isEqualTo(200);
        return session(browser);
    }

    private static String session(Browser browser) {
        return browser.cookies().named("__Host-laurel").orElseThrow().value();
    }

    private String fragment(Issuer issuer) {
        try {
            String document = HTTP.send(
                            HttpRequest.newBuilder(
                                            URI.create(publicUrl.at("/issuers/" + issuer.publicId() + "/did.json")))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher method = Pattern.compile("\"publicKeyMultibase\"|\"id\":\"[^\"]+#([^\"]+)\"")
                    .matcher(document);
            while (method.find()) {
                if (method.group(1) != null) {
                    return method.group(1);
                }
            }
            throw new IllegalStateException("No key in " + document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
