package dev.laurel.publication.owner;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.wording.Wording;
import dev.laurel.publication.OpenBadges;
import dev.laurel.publication.OpenBadges.Open;
import dev.laurel.publication.QrCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** For whoever looks at a shared badge: asks its holder, and waits for the answer on a page of their own. */
@Controller
@RequestMapping("/b/{token}/owner")
class AskOwnerController {

    private final OpenBadges badges;

    private final OwnerQuestions questions;

    private final Achievements achievements;

    private final PublicUrl publicUrl;

    private final Wording wording;

    AskOwnerController(
            OpenBadges badges,
            OwnerQuestions questions,
            Achievements achievements,
            PublicUrl publicUrl,
            Wording wording) {
        this.badges = badges;
        this.questions = questions;
        this.achievements = achievements;
        this.publicUrl = publicUrl;
        this.wording = wording;
    }

    @GetMapping
    String form(@PathVariable String token, HttpServletResponse response, Model model) {
        return page(token, badges.standing(token), response, model);
    }

    @PostMapping
    String ask(
            @PathVariable String token,
            @RequestParam(name = "by", required = false) @Nullable String by,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Open open = badges.standing(token);
        return questions
                .ask(open.tenant(), open.award(), by, request.getRemoteAddr())
                .map(secret -> "redirect:/b/" + token + "/owner/" + secret)
                .orElseGet(() -> {
                    response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
                    model.addAttribute("flashProblem", wording.say("owner.too-many"));
                    return page(token, open, response, model);
                });
    }

    /** Where the answer will stand. */
    @GetMapping("/{secret}")
    String answer(@PathVariable String token, @PathVariable String secret, HttpServletResponse response, Model model) {
        Open open = badges.standing(token);
        OwnerQuestion question = questions
                .find(open.tenant(), open.award(), secret)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        page(token, open, response, model);
        OwnerQuestion.State state = questions.state(question);
        model.addAttribute("question", question);
        model.addAttribute("state", state.name());
        model.addAttribute("minutes", questions.minutes(question));
        if (state == OwnerQuestion.State.WAITING) {
            String interaction = publicUrl.at("/wallet/questions/" + token + "/" + secret + "?iuv=1");
            model.addAttribute("qr", QrCode.of(interaction).svg(wording.say("owner.qr")));
        }
        return "publication/owner-answer";
    }

    private String page(String token, Open open, HttpServletResponse response, Model model) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        AchievementVersion version = achievements
                .version(
                        open.tenant(),
                        open.award().achievementId(),
                        open.award().achievementVersion())
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("token", token);
        model.addAttribute("badge", version.name());
        return "publication/owner-ask";
    }
}
