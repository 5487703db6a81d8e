package dev.laurel.dashboard.shelf;

import dev.laurel.credential.Named;
import dev.laurel.credential.Reissues;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.shelf.OwnBadges.Own;
import dev.laurel.launch.session.SignedIn;
import java.util.Locale;
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

/** Whether a badge itself says who its holder is: nothing, until she asks for it here, and as often as that changes. */
@Controller
@RequestMapping("/my/badges/{awardId}/name")
class MyNameController {

    private final OwnBadges badges;

    private final Reissues reissues;

    private final MessageSource messages;

    MyNameController(OwnBadges badges, Reissues reissues, MessageSource messages) {
        this.badges = badges;
        this.reissues = reissues;
        this.messages = messages;
    }

    @GetMapping
    String ask(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, Model model) {
        Own own = kept(me, awardId);
        badges.header(own, model);
        Named now = reissues.now(own.me().tenant(), awardId);
        Named possible = reissues.possible(own.me().tenant(), own.me().personId());
        model.addAttribute("now", now);
        model.addAttribute("possible", possible);
        model.addAttribute("changed", !now.equals(possible.only(now.name() != null, now.email() != null)));
        return "dashboard/my-name";
    }

    @PostMapping
    String anew(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long awardId,
            @RequestParam(defaultValue = "false") boolean name,
            @RequestParam(defaultValue = "false") boolean email,
            RedirectAttributes redirect) {
        Own own = kept(me, awardId);
        Reissues.Answer answer =
                reissues.reissue(own.me().tenant(), awardId, own.me().personId(), name, email);
        boolean done = answer == Reissues.Answer.DONE;
        redirect.addFlashAttribute(
                done ? "flash" : "flashProblem",
                messages.getMessage(
                        "my.name." + answer.name().toLowerCase(Locale.ROOT),
                        new Object[] {Reissues.MOST_A_DAY},
                        LocaleContextHolder.getLocale()));
        return "redirect:/my/badges/" + awardId + (done ? "" : "/name");
    }

    private Own kept(@Nullable SignedIn me, long awardId) {
        Own own = badges.own(me, awardId);
        if (own.award().claimedAt() == null || own.award().revokedAt() != null) {
            throw Allowed.notFound();
        }
        return own;
    }
}
