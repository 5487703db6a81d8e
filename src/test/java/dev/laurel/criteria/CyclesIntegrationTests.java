package dev.laurel.criteria;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.LaurelTest;
import dev.laurel.Programme;
import dev.laurel.Programme.Room;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Credits;
import dev.laurel.criteria.rule.HeldBadge;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** A badge that would need itself can never be saved, by whatever way and whoever saves what at the same time. */
@LaurelTest
class CyclesIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    TransactionTemplate transactions;

    private Programme programme;

    private RuleSet first;

    private RuleSet second;

    private RuleSet third;

    @BeforeEach
    void threeBadgesInTwoCourses() {
        programme = Programme.start(app);
        Room room = programme.room();
        Room other = programme.another("Another course");
        room.column("Essay");
        other.column("Essay");
        programme.look();
        first = programme.badge(room, "First", essay(room));
        second = programme.badge(other, "Second", essay(other));
        third = programme.badge(other, "Third", essay(other));
    }

    @AfterEach
    void close() {
        programme.close();
    }

    private Rule essay(Room room) {
        return Score.atLeast(programme.column(room, "Essay"), new BigDecimal("80"), Rule.Unit.PERCENT);
    }

    @Test
    void aBadgeThatWouldNeedItselfIsRefusedOverAnyNumberOfSteps() {
        edit(first, new Rule.AnyOf(List.of(first.rule(), new HeldBadge(second.achievementId()))));
        edit(second, new Credits(List.of(third.achievementId()), BigDecimal.ONE));

        assertThatExceptionOfType(BadRuleException.class)
                .isThrownBy(() -> edit(first, new HeldBadge(first.achievementId())))
                .withMessage("rule.bad.cycle");
        assertThatExceptionOfType(BadRuleException.class)
                .isThrownBy(() ->
                        edit(third, new Rule.AnyOf(List.of(third.rule(), new HeldBadge(first.achievementId())))))
                .withMessage("rule.bad.cycle");
        assertThat(ruleSets.find(programme.tenant(), third.id()).orElseThrow().rule())
                .isEqualTo(third.rule());
    }

    @Test
    void twoInstructorsWhoSaveAtTheSameMomentCannotMakeACycleTogether() {
        CompletableFuture<RuleSet> other = transactions.execute(open -> {
            edit(first, new HeldBadge(second.achievementId()));
            CompletableFuture<RuleSet> saving =
                    CompletableFuture.supplyAsync(() -> edit(second, new HeldBadge(first.achievementId())));
            assertThatThrownBy(() -> saving.get(1, SECONDS))
                    .as("it waits for the one who came first")
                    .isInstanceOf(TimeoutException.class);
            return saving;
        });

        assertThatThrownBy(() -> other.get(30, SECONDS))
                .hasCauseInstanceOf(BadRuleException.class)
                .hasMessageContaining("rule.bad.cycle");
        assertThat(ruleSets.find(programme.tenant(), second.id()).orElseThrow().rule())
                .isEqualTo(second.rule());
    }

    private RuleSet edit(RuleSet ruleSet, Rule rule) {
        return ruleSets.edit(programme.tenant(), ruleSet.id(), ruleSet.achievementVersion(), rule, programme.teacher());
    }
}
