package dev.laurel.publication.owner;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.launch.session.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The holder, logged in at her LMS, says that a badge is hers. */
@Controller
class MyOwnerController {

    private final OwnerQuestions questions;

    private final Awards awards;

    private final MessageSource messages;

    MyOwnerController(OwnerQuestions questions, Awards awards, MessageSource messages) {
        this.questions = questions;
        this.awards = awards;
        this.messages = messages;
    }

    @PostMapping("/my/badges/{awardId}/owner/{questionId}")
    String answer(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long awardId,
            @PathVariable long questionId,
            RedirectAttributes redirect) {
        if (me == null || !me.isHerself()) {
            throw notFound();
        }
        Award award = awards.find(me.tenant(), awardId)
                .filter(found -> found.personId() == me.personId() && found.isValid())
                .orElseThrow(MyOwnerController::notFound);
        boolean heard = questions.answer(me.tenant(), award, questionId);
        redirect.addFlashAttribute(
                heard ? "flash" : "flashProblem",
                messages.getMessage(heard ? "owner.answered" : "owner.late", null, LocaleContextHolder.getLocale()));
        return "redirect:/my/badges/" + awardId;
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
