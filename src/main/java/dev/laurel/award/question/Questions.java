package dev.laurel.award.question;

import dev.laurel.award.Award;
import dev.laurel.award.Reason;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.Verdicts;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What students think is wrong, with the facts as they stood, and what staff answers. One at a time per badge and student. */
@Component
public class Questions {

    private final QuestionRepository questions;

    private final Verdicts verdicts;

    private final RuleTexts texts;

    private final RuleSets ruleSets;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    Questions(
            QuestionRepository questions,
            Verdicts verdicts,
            RuleTexts texts,
            RuleSets ruleSets,
            ApplicationEventPublisher events,
            Clock clock) {
        this.questions = questions;
        this.verdicts = verdicts;
        this.texts = texts;
        this.ruleSets = ruleSets;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Whatever the machine would do to her award waits until somebody answers. Asking again while nobody has answered
     * replaces the words.
     *
     * @throws IllegalArgumentException where the words are no {@link Reason}
     */
    @Transactional
    public void ask(TenantId tenant, RuleSet ruleSet, long personId, String words) {
        Optional<PersonEvaluation> evaluation = verdicts.ofLearner(tenant, ruleSet.contextId(), personId).stream()
                .filter(each -> each.ruleSetId() == ruleSet.id())
                .findFirst();
        questions.ask(
                tenant,
                ruleSet.id(),
                personId,
                Reason.require(words),
                evaluation.map(each -> texts.json(each.evaluation())).orElse("[]"),
                evaluation.map(each -> each.evaluation().verdict().name()).orElse("UNDECIDED"),
                clock.instant());
    }

    /** What nobody has answered yet, oldest first. */
    public List<Question> open(TenantId tenant, long ruleSetId) {
        return questions.open(tenant, ruleSetId);
    }

    /** All that somebody asked, of every badge, oldest first. */
    public List<Question> ofPerson(TenantId tenant, long personId) {
        return questions.ofPerson(tenant, personId);
    }

    /** How many nobody has answered yet, by rule set; one without any is missing. One statement. */
    public Map<Long, Long> counts(TenantId tenant, Collection<Long> ruleSetIds) {
        return ruleSetIds.isEmpty() ? Map.of() : questions.counts(tenant, ruleSetIds);
    }

    /** Those of hers about these badges of which she was not shown yet that they were answered, latest first. One statement. */
    public List<Question> unread(TenantId tenant, Collection<Long> ruleSetIds, long personId) {
        return ruleSetIds.isEmpty() ? List.of() : questions.unread(tenant, ruleSetIds, personId);
    }

    /** Her last one, answered or not. */
    public Optional<Question> latest(TenantId tenant, long ruleSetId, long personId) {
        return questions.latest(tenant, ruleSetId, personId);
    }

    /**
     * @param asked {@link Question#askedAt()} of the words that are answered
     * @param answer a {@link Reason}, which the student reads
     * @return false where somebody else has answered meanwhile, or the student has said it otherwise
     * @throws IllegalArgumentException where it is none
     */
    @Transactional
    public boolean answer(
            TenantId tenant, long ruleSetId, long questionId, Instant asked, String answer, long byPerson) {
        String words = Reason.require(answer);
        // Before the question, as whoever decides about an award and answers its holder with it.
        ruleSets.lock(tenant, ruleSetId);
        boolean first = questions.answer(tenant, ruleSetId, questionId, asked, words, byPerson, clock.instant());
        if (first) {
            events.publishEvent(new QuestionAnswered(tenant, ruleSetId));
        }
        return first;
    }

    /** Those of these people whose question about the badge nobody has answered yet. One statement. */
    public Set<Long> asking(TenantId tenant, long ruleSetId, Collection<Long> people) {
        return people.isEmpty() ? Set.of() : questions.asking(tenant, ruleSetId, people);
    }

    /**
     * Before a person decides about an award, and with it answers its holder, in the same transaction: nobody asks before
     * that is over.
     *
     * @param read whether that person read that its holder asks about the badge
     * @throws UnansweredException where she asks, and that was not read
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void requireRead(TenantId tenant, Award award, boolean read) {
        if (!questions
                        .lockAsking(tenant, award.ruleSetId(), List.of(award.personId()))
                        .isEmpty()
                && !read) {
            throw new UnansweredException(award.id());
        }
    }

    /** As {@link #read(TenantId, Collection, long, Instant)}, of all that was answered by now. */
    @Transactional
    public void read(TenantId tenant, Collection<Long> ruleSetIds, long personId) {
        read(tenant, ruleSetIds, personId, clock.instant());
    }

    /**
     * She was shown what she was answered about these badges.
     *
     * @param until the newest answer that she was shown: what came since stays unread
     */
    @Transactional
    public void read(TenantId tenant, Collection<Long> ruleSetIds, long personId, Instant until) {
        if (!unread(tenant, ruleSetIds, personId).isEmpty()) {
            questions.read(tenant, ruleSetIds, personId, until, clock.instant());
        }
    }

    /** Whatever these people ask about the badge is answered with the same words, which they read. */
    @Transactional
    public void answerAll(TenantId tenant, long ruleSetId, Collection<Long> people, String answer, long byPerson) {
        if (people.isEmpty()) {
            return;
        }
        Set<Long> asking = questions.lockAsking(tenant, ruleSetId, people);
        if (!asking.isEmpty()) {
            questions.answerAll(tenant, ruleSetId, asking, Reason.require(answer), byPerson, clock.instant());
            events.publishEvent(new QuestionAnswered(tenant, ruleSetId));
        }
    }
}
