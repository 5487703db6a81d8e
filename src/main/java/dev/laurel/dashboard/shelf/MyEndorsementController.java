package dev.laurel.dashboard.shelf;

import dev.laurel.credential.Credentials;
import dev.laurel.credential.endorsement.HolderEndorsement;
import dev.laurel.credential.endorsement.HolderEndorsements;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.shelf.OwnBadges.Own;
import dev.laurel.launch.session.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a holder says of a badge to those who think of earning it. It is hers to take back at any time. */
@Controller
@RequestMapping("/my/badges/{awardId}/endorsement")
class MyEndorsementController {

    private final OwnBadges badges;

    private final HolderEndorsements endorsements;

    private final Credentials credentials;

    private final MessageSource messages;

    MyEndorsementController(
            OwnBadges badges, HolderEndorsements endorsements, Credentials credentials, MessageSource messages) {
        this.badges = badges;
        this.endorsements = endorsements;
        this.credentials = credentials;
        this.messages = messages;
    }

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, Model model) {
        Own own = badges.own(me, awardId);
        badges.header(own, model);
        model.addAttribute("said", endorsements.find(own.me().tenant(), awardId).orElse(null));
        model.addAttribute("longest", HolderEndorsement.LONGEST);
        return "dashboard/my-endorsement";
    }

    @PostMapping
    String say(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long awardId,
            @RequestParam(defaultValue = "") String remark,
            @RequestParam(defaultValue = "false") boolean named,
            RedirectAttributes redirect) {
        Own own = badges.own(me, awardId);
        if (own.award().revokedAt() != null || own.award().claimedAt() == null) {
            throw Allowed.notFound();
        }
        String text = remark.strip();
        if (text.isEmpty() || text.length() > HolderEndorsement.LONGEST) {
            redirect.addFlashAttribute("remarkProblem", say("my.endorse.length", HolderEndorsement.LONGEST));
            redirect.addFlashAttribute("typedRemark", remark);
            return "redirect:/my/badges/" + awardId + "/endorsement";
        }
        endorsements.say(
                own.me().tenant(), awardId, own.me().personId(), credentials.achievementId(own.version()), text, named);
        redirect.addFlashAttribute("flash", say("my.endorse.said"));
        return "redirect:/my/badges/" + awardId;
    }

    @PostMapping("/removal")
    String takeBack(
            @AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, RedirectAttributes redirect) {
        Own own = badges.own(me, awardId);
        endorsements.takeBack(own.me().tenant(), awardId, own.me().personId());
        redirect.addFlashAttribute("flash", say("my.endorse.gone"));
        return "redirect:/my/badges/" + awardId;
    }

    private String say(String key, Object... words) {
        return messages.getMessage(key, words, LocaleContextHolder.getLocale());
    }
}
