package dev.laurel.dashboard.shelf;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.explain.DecisionFacts;
import dev.laurel.dashboard.manual.Download;
import dev.laurel.gradebook.manual.ManualGradebook;
import dev.laurel.publication.OpenBadges;
import dev.laurel.publication.OpenBadges.Open;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a holder shows of a decision besides the badge itself: the record with her results, and what she handed in. Not
 * shown looks like not shared: 404.
 */
@Controller
@RequestMapping("/b/{token}")
class OpenRecordController {

    private final OpenBadges badges;

    private final Awards awards;

    private final Achievements achievements;

    private final Contexts contexts;

    private final DecisionFacts facts;

    private final HandedInWork work;

    private final ManualGradebook manual;

    private final JsonMapper json;

    OpenRecordController(
            OpenBadges badges,
            Awards awards,
            Achievements achievements,
            Contexts contexts,
            DecisionFacts facts,
            HandedInWork work,
            ManualGradebook manual,
            JsonMapper json) {
        this.badges = badges;
        this.awards = awards;
        this.achievements = achievements;
        this.contexts = contexts;
        this.facts = facts;
        this.work = work;
        this.manual = manual;
        this.json = json;
    }

    @GetMapping("/record")
    String record(@PathVariable String token, Model model, HttpServletResponse response) {
        Open open = withResults(token);
        JsonNode record = facts(open);
        ZoneId zone = header(open, token, model, response);
        model.addAttribute("lines", facts.lines(record));
        model.addAttribute(
                "decided", facts.tree(record, LocalDate.ofInstant(open.award().decidedAt(), zone)));
        model.addAttribute("byHand", facts.byHand(record).orElse(null));
        return "dashboard/open-record";
    }

    /** The record itself and its hash, as docs/decision-records.md has them; nothing of what happened since. */
    @GetMapping("/record.json")
    ResponseEntity<byte[]> recordAsJson(@PathVariable String token) {
        Open open = withResults(token);
        ObjectNode whole = json.createObjectNode();
        whole.set("decision", facts(open));
        String hash = awards.decisionHashes(open.tenant(), List.of(open.award()))
                .get(open.award().publicId());
        if (hash != null) {
            whole.put("hash", "sha256$" + hash);
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(json.writeValueAsString(whole).getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/work")
    String work(@PathVariable String token, Model model, HttpServletResponse response) {
        Open open = withWork(token);
        header(open, token, model, response);
        model.addAttribute("works", work.of(open.tenant(), open.award()));
        return "dashboard/open-work";
    }

    /** A file of what is shown, and of nothing else that she handed in. */
    @GetMapping("/evidence/{itemId}/versions/{version}/files/{place}")
    ResponseEntity<byte[]> file(
            @PathVariable String token, @PathVariable long itemId, @PathVariable int version, @PathVariable int place) {
        Open open = withWork(token);
        Award award = open.award();
        if (work.of(open.tenant(), award).stream()
                .noneMatch(each -> each.task().id() == itemId && each.version().version() == version)) {
            throw Allowed.notFound();
        }
        return Download.of(manual.file(open.tenant(), award.contextId(), itemId, award.personId(), version, place));
    }

    private Open withResults(String token) {
        Open open = badges.standing(token);
        if (!open.disclosure().showsResults()) {
            throw Allowed.notFound();
        }
        return open;
    }

    private Open withWork(String token) {
        Open open = badges.standing(token);
        if (!open.disclosure().work()) {
            throw Allowed.notFound();
        }
        return open;
    }

    private JsonNode facts(Open open) {
        return awards.decisionRecord(open.tenant(), open.award().id())
                .map(json::readTree)
                .orElseThrow(Allowed::notFound);
    }

    private ZoneId header(Open open, String token, Model model, HttpServletResponse response) {
        Award award = open.award();
        ZoneId zone = contexts.find(open.tenant(), award.contextId())
                .map(CourseContext::zone)
                .orElse(ZoneOffset.UTC);
        model.addAttribute("token", token);
        model.addAttribute("award", award);
        model.addAttribute("zone", zone);
        model.addAttribute(
                "badgeName",
                achievements
                        .version(open.tenant(), award.achievementId(), award.achievementVersion())
                        .map(AchievementVersion::name)
                        .orElseThrow(Allowed::notFound));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return zone;
    }
}
