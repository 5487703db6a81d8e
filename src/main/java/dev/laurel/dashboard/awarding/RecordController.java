package dev.laurel.dashboard.awarding;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.AwardMoment;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.Names;
import dev.laurel.dashboard.explain.DecisionFacts;
import dev.laurel.dashboard.integrity.Integrity;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.wording.Wording;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The record of a decision, as a page and as JSON, for the holder and for those who teach the course. */
@Controller
class RecordController {

    private final Courses courses;

    private final Awards awards;

    private final Achievements achievements;

    private final Issuers issuers;

    private final Contexts contexts;

    private final DecisionFacts facts;

    private final Integrity integrity;

    private final JsonMapper json;

    private final Names names;

    private final Wording wording;

    RecordController(
            Courses courses,
            Awards awards,
            Achievements achievements,
            Issuers issuers,
            Contexts contexts,
            DecisionFacts facts,
            Integrity integrity,
            JsonMapper json,
            Names names,
            Wording wording) {
        this.courses = courses;
        this.awards = awards;
        this.achievements = achievements;
        this.issuers = issuers;
        this.contexts = contexts;
        this.facts = facts;
        this.integrity = integrity;
        this.json = json;
        this.names = names;
        this.wording = wording;
    }

    @GetMapping("/my/badges/{awardId}/record")
    String mine(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, Model model) {
        return page(own(me, awardId), true, model);
    }

    @GetMapping("/my/badges/{awardId}/record.json")
    ResponseEntity<byte[]> mineAsJson(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId) {
        return asJson(own(me, awardId));
    }

    @GetMapping("/badges/{ruleSetId}/awards/{awardId}/record")
    String anothers(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long awardId,
            Model model) {
        Found found = ofCourse(me, ruleSetId, awardId);
        if (me != null && me.isInstructor()) {
            CourseContext course = courses.forInstructor(me);
            model.addAttribute(
                    "hints",
                    integrity.flags(course, courses.badge(course, ruleSetId), List.of(found.award())).stream()
                            .findFirst()
                            .map(Integrity.Flag::hints)
                            .orElse(Set.of()));
        }
        return page(found, false, model);
    }

    @GetMapping("/badges/{ruleSetId}/awards/{awardId}/record.json")
    ResponseEntity<byte[]> anothersAsJson(
            @AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long ruleSetId, @PathVariable long awardId) {
        return asJson(ofCourse(me, ruleSetId, awardId));
    }

    private record Found(TenantId tenant, Award award) {}

    private Found own(@Nullable SignedIn me, long awardId) {
        if (me == null) {
            throw Allowed.notFound();
        }
        return awards.find(me.tenant(), awardId)
                .filter(award -> award.personId() == me.personId() && award.releasedAt() != null)
                .map(award -> new Found(me.tenant(), award))
                .orElseThrow(Allowed::notFound);
    }

    private Found ofCourse(@Nullable SignedIn me, long ruleSetId, long awardId) {
        CourseContext course = courses.forStaff(me);
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        return awards.find(course.tenant(), awardId)
                .filter(award -> award.ruleSetId() == ruleSet.id())
                .map(award -> new Found(course.tenant(), award))
                .orElseThrow(Allowed::notFound);
    }

    private String page(Found found, boolean own, Model model) {
        TenantId tenant = found.tenant();
        Award award = found.award();
        AchievementVersion version = version(found);
        JsonNode record = record(found);
        CourseContext course = contexts.find(tenant, award.contextId()).orElse(null);
        ZoneId zone = course == null ? ZoneOffset.UTC : course.zone();
        model.addAttribute("own", own);
        model.addAttribute("award", award);
        model.addAttribute("version", version);
        model.addAttribute("courseTitle", course == null ? "" : course.title());
        model.addAttribute("zone", zone);
        model.addAttribute(
                "issuer",
                issuers.find(tenant, version.issuerId()).map(Issuer::name).orElse(""));
        model.addAttribute("evaluatedAt", evaluatedAt(record));
        model.addAttribute("who", names.of(tenant, award.personId()));
        model.addAttribute("lines", facts.lines(record));
        model.addAttribute("decided", facts.tree(record, LocalDate.ofInstant(award.decidedAt(), zone)));
        model.addAttribute("byHand", facts.byHand(record).orElse(null));
        model.addAttribute("history", awards.history(tenant, award.id()));
        return "dashboard/record";
    }

    /** What people did is said without their numbers: who it was is told by the page alone. */
    private ResponseEntity<byte[]> asJson(Found found) {
        ObjectNode whole = json.createObjectNode();
        JsonNode record = record(found);
        whole.set("award", about(found, record));
        whole.set("decision", record);
        String hash = awards.decisionHashes(found.tenant(), List.of(found.award()))
                .get(found.award().publicId());
        if (hash != null) {
            whole.put("hash", "sha256$" + hash);
        }
        ArrayNode history = whole.putArray("history");
        for (AwardMoment moment : awards.history(found.tenant(), found.award().id())) {
            Long by = moment.byPerson();
            history.addObject()
                    .put("what", moment.what().name())
                    .put("at", moment.at().toString())
                    .put("by", by == null ? "LAUREL" : by == found.award().personId() ? "HOLDER" : "STAFF")
                    .put("reason", moment.reason());
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(
                                        "decision-" + found.award().reference().value() + ".json")
                                .build()
                                .toString())
                .body(json.writeValueAsString(whole).getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Instant evaluatedAt(JsonNode record) {
        String at = record.path("evaluatedAt").asString("");
        return at.isEmpty() ? null : Instant.parse(at);
    }

    /** Which badge of whom: the holder as the signed badge calls her, so that nobody reads more in a file than in the badge. */
    private ObjectNode about(Found found, JsonNode record) {
        Award award = found.award();
        ObjectNode about = json.createObjectNode();
        about.put("id", "urn:uuid:" + award.publicId());
        about.put("holder", "urn:uuid:" + award.subjectId());
        about.put("badge", version(found).name());
        about.put("badgeVersion", award.achievementVersion());
        about.put("reference", award.reference().value());
        about.put("decidedBy", record.has("byHand") ? "STAFF" : "LAUREL");
        about.put("decidedAt", award.decidedAt().toString());
        about.put(
                "releasedAt",
                award.releasedAt() == null ? null : award.releasedAt().toString());
        return about;
    }

    private AchievementVersion version(Found found) {
        Award award = found.award();
        return achievements
                .version(found.tenant(), award.achievementId(), award.achievementVersion())
                .orElseThrow(Allowed::notFound);
    }

    private JsonNode record(Found found) {
        return awards.decisionRecord(found.tenant(), found.award().id())
                .map(json::readTree)
                .orElseGet(json::createObjectNode);
    }
}
