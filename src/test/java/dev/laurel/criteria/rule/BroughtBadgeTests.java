package dev.laurel.criteria.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.laurel.criteria.rule.BroughtBadge.By;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which badges of other organisations count. */
class BroughtBadgeTests {

    private static final String WELDER = "https://federation.example/badges/welder";

    private static final String FEDERATION = "did:web:federation.example";

    private static final String WELDING = "https://skills.example/welding";

    @Test
    void itIsRecognisedByWhatItIsOfByItsIssuerOrByWhatItStandsForAndByNothingNear() {
        BroughtBadge byAchievement = new BroughtBadge(By.ACHIEVEMENT, WELDER, List.of(), "Welder");
        assertThat(byAchievement.accepts(WELDER, FEDERATION, List.of())).isTrue();
        assertThat(byAchievement.accepts(WELDER + "/2", FEDERATION, List.of())).isFalse();
        assertThat(byAchievement.accepts(null, FEDERATION, List.of(WELDER)))
                .as("nobody vouches for what it says of itself")
                .isFalse();

        BroughtBadge byIssuer = new BroughtBadge(By.ISSUER, FEDERATION, List.of(), "Federation");
        assertThat(byIssuer.accepts(null, FEDERATION, List.of())).isTrue();
        assertThat(byIssuer.accepts(WELDER, FEDERATION + ":other", List.of())).isFalse();

        BroughtBadge byAlignment = new BroughtBadge(By.ALIGNMENT, WELDING, List.of(FEDERATION), "Welding");
        assertThat(byAlignment.accepts(null, FEDERATION, List.of(WELDER, WELDING)))
                .isTrue();
        assertThat(byAlignment.accepts(null, "did:key:z6Mk", List.of(WELDING)))
                .as("anybody can write that into a badge")
                .isFalse();
    }

    @Test
    void whereIssuersAreNamedOthersDoNotCount() {
        BroughtBadge rule = new BroughtBadge(By.ACHIEVEMENT, WELDER, List.of(FEDERATION), "Welder");

        assertThat(rule.accepts(WELDER, FEDERATION, List.of())).isTrue();
        assertThat(rule.accepts(WELDER, "did:web:else.example", List.of())).isFalse();
    }

    @ParameterizedTest(name = "{0} {1} {2}: at {3}")
    @CsvSource(nullValues = "-", textBlock = """
            ACHIEVEMENT, welder,                     -,                /rule/is
            ACHIEVEMENT, javascript:alert(1),        -,                /rule/is
            ISSUER,      did:web:federation.example, did:web:a,        /rule/issuers
            ALIGNMENT,   https://skills.example/1,   -,                /rule/issuers
            ALIGNMENT,   https://skills.example/1,   nobody,           /rule/issuers
            """)
    void whatCanNeverBeMetOrByAnybodyIsRefused(By by, String is, @Nullable String issuer, String place) {
        BroughtBadge rule = new BroughtBadge(by, is, issuer == null ? List.of() : List.of(issuer), "Name");

        assertThatExceptionOfType(BadRuleException.class)
                .isThrownBy(() -> rule.check(SampleLearner.is().course(), "/rule"))
                .extracting(BadRuleException::place)
                .isEqualTo(place);
    }
}
