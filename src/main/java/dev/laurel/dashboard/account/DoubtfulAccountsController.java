package dev.laurel.dashboard.account;

import dev.laurel.context.Contexts;
import dev.laurel.context.link.CaseOutcome;
import dev.laurel.context.link.LinkCase;
import dev.laurel.context.link.PersonLinks;
import dev.laurel.dashboard.Allowed;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

/** Accounts of which nobody but the institution can say whether they are one human's. */
@Controller
@RequestMapping("/institution/accounts")
class DoubtfulAccountsController {

    private static final int MOST = 100;

    private final PersonLinks links;

    private final Contexts contexts;

    private final Accounts accounts;

    private final MessageSource messages;

    DoubtfulAccountsController(PersonLinks links, Contexts contexts, Accounts accounts, MessageSource messages) {
        this.links = links;
        this.contexts = contexts;
        this.accounts = accounts;
        this.messages = messages;
    }

    /** Two accounts that somebody says are hers. */
    record Case(LinkCase said, Accounts.Account one, Accounts.Account other) {}

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        TenantId tenant = Allowed.institutionAdmin(me).tenant();
        List<LinkCase> open = links.open(tenant).stream().limit(MOST).toList();
        List<Set<Long>> inCommon = contexts.sisIdsInCommon(tenant);
        Set<Long> people = new HashSet<>();
        open.forEach(each -> people.addAll(Set.of(each.one(), each.other())));
        inCommon.forEach(people::addAll);
        Map<Long, Accounts.Account> known = accounts.of(tenant, people);
        model.addAttribute(
                "cases",
                open.stream()
                        .map(each -> new Case(
                                each,
                                Objects.requireNonNull(known.get(each.one())),
                                Objects.requireNonNull(known.get(each.other()))))
                        .toList());
        model.addAttribute(
                "conflicts",
                inCommon.stream()
                        .map(same -> same.stream().map(known::get).toList())
                        .toList());
        return "dashboard/accounts";
    }

    @PostMapping("/{caseId}")
    String decide(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long caseId,
            @RequestParam boolean same,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        CaseOutcome outcome =
                links.decide(admin.tenant(), caseId, same, admin.personId()).orElseThrow(Allowed::notFound);
        String words = messages.getMessage(
                "accounts." + outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                null,
                LocaleContextHolder.getLocale());
        redirect.addFlashAttribute(outcome == CaseOutcome.LINKED_ALREADY ? "flashProblem" : "flash", words);
        return "redirect:/institution/accounts";
    }
}
