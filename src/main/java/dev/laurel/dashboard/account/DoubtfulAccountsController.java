package dev.laurel.dashboard.account;

import dev.laurel.context.Contexts;
import dev.laurel.context.link.CaseOutcome;
import dev.laurel.context.link.LinkCase;
import dev.laurel.context.link.LinkDecision;
import dev.laurel.context.link.LinkHistory;
import dev.laurel.context.link.PersonLinks;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.wording.Wording;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Accounts of which nobody but the institution can say whether they are one human's. */
@Controller
@RequestMapping("/institution/accounts")
class DoubtfulAccountsController {

    private static final int MOST = 100;

    private final PersonLinks links;

    private final LinkHistory history;

    private final Contexts contexts;

    private final Accounts accounts;

    private final IrreversibleActs acts;

    private final Wording wording;

    DoubtfulAccountsController(
            PersonLinks links,
            LinkHistory history,
            Contexts contexts,
            Accounts accounts,
            IrreversibleActs acts,
            Wording wording) {
        this.links = links;
        this.history = history;
        this.contexts = contexts;
        this.accounts = accounts;
        this.acts = acts;
        this.wording = wording;
    }

    /** What the institution says of two accounts, as addresses name it. */
    enum Word {
        ONE_PERSON,
        TWO_PEOPLE,
        /** After it had said that they are one person's. */
        TWO_AFTER_ALL;

        private String key() {
            return "accounts." + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Two accounts that somebody says are hers. */
    record Case(LinkCase said, Accounts.Account one, Accounts.Account other) {}

    /** @param endedBy {@code null} where the institution took nothing back */
    record Decided(
            LinkDecision decision,
            Accounts.Account one,
            Accounts.Account other,
            String by,
            @Nullable String endedBy) {}

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        TenantId tenant = Allowed.institutionAdmin(me).tenant();
        List<LinkCase> open = links.open(tenant).stream().limit(MOST).toList();
        List<LinkDecision> decided = history.decided(tenant, MOST);
        List<Set<Long>> inCommon = contexts.sisIdsInCommon(tenant);
        Set<Long> people = new HashSet<>();
        open.forEach(each -> people.addAll(Set.of(each.one(), each.other())));
        decided.forEach(each -> people.addAll(concerned(each)));
        inCommon.forEach(people::addAll);
        Map<Long, Accounts.Account> known = accounts.of(tenant, people);
        model.addAttribute(
                "cases",
                open.stream()
                        .map(each -> new Case(each, of(known, each.one()), of(known, each.other())))
                        .toList());
        model.addAttribute(
                "decided",
                decided.stream()
                        .map(each -> decided(each, known))
                        // Of somebody who was erased nothing is left to say.
                        .filter(each -> each.one().isThere() && each.other().isThere())
                        .toList());
        model.addAttribute("utc", ZoneOffset.UTC);
        model.addAttribute(
                "conflicts",
                inCommon.stream()
                        .map(same -> same.stream().map(known::get).toList())
                        .toList());
        return "dashboard/accounts";
    }

    /** The last question before something is said of two accounts. */
    @GetMapping("/{caseId}/{word}")
    String ask(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long caseId,
            @PathVariable Word word,
            Model model) {
        model.addAttribute("act", act(Allowed.institutionAdmin(me).tenant(), caseId, word));
        return "launch/confirm-first";
    }

    @PostMapping("/{caseId}/{word}")
    String decide(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long caseId,
            @PathVariable Word word,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        TenantId tenant = admin.tenant();
        acts.requireWishAndRole(request, admin, act(tenant, caseId, word));
        CaseOutcome outcome = (word == Word.TWO_AFTER_ALL
                        ? links.part(tenant, caseId, admin.personId())
                        : links.decide(tenant, caseId, word == Word.ONE_PERSON, admin.personId()))
                .orElseThrow(Allowed::notFound);
        redirect.addFlashAttribute(
                outcome == CaseOutcome.LINKED_ALREADY ? "flashProblem" : "flash",
                wording.say(
                        "accounts." + outcome.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        return "redirect:/institution/accounts";
    }

    private Act act(TenantId tenant, long caseId, Word word) {
        LinkCase said = links.find(tenant, caseId).orElseThrow(Allowed::notFound);
        Map<Long, Accounts.Account> known = accounts.of(tenant, Set.of(said.one(), said.other()));
        return new Act(
                "/institution/accounts/" + caseId + "/" + word,
                wording.say(word.key() + ".title", called(of(known, said.one())), called(of(known, said.other()))),
                wording.say(word.key() + ".what"),
                wording.say(word.key()),
                "/institution/accounts");
    }

    private String called(Accounts.Account account) {
        return wording.say("accounts.called", name(account), String.join(", ", account.platforms()));
    }

    private static Set<Long> concerned(LinkDecision decision) {
        Set<Long> people =
                new HashSet<>(Set.of(decision.said().one(), decision.said().other()));
        people.add(decision.decidedBy());
        if (decision.endedBy() != null) {
            people.add(decision.endedBy());
        }
        return people;
    }

    private Decided decided(LinkDecision decision, Map<Long, Accounts.Account> known) {
        return new Decided(
                decision,
                of(known, decision.said().one()),
                of(known, decision.said().other()),
                name(of(known, decision.decidedBy())),
                decision.endedBy() == null ? null : name(of(known, decision.endedBy())));
    }

    private String name(Accounts.Account account) {
        return account.name().isEmpty() ? wording.say("accounts.unnamed") : account.name();
    }

    private static Accounts.Account of(Map<Long, Accounts.Account> known, long personId) {
        return Objects.requireNonNull(known.get(personId));
    }
}
