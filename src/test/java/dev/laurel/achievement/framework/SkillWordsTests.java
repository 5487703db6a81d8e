package dev.laurel.achievement.framework;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** By which words a skill is found. */
class SkillWordsTests {

    @Test
    void wordsAreRunsOfLettersAndDigitsOfAnyScriptInLowerCase() {
        assertThat(SkillWords.kept("S1.2 Écrire, l'été – Łódź (C++)"))
                .containsExactly("s1", "2", "écrire", "l", "été", "łódź", "c");
        assertThat(SkillWords.kept("التفكير النقدي")).containsExactly("التفكير", "النقدي");
        assertThat(SkillWords.kept("हिन्दी भाषा")).containsExactly("हिन्दी", "भाषा");
        assertThat(SkillWords.kept(" – ")).isEmpty();
    }

    @Test
    void whereAScriptHasNoBlanksAWordMayBeginAtEachLetter() {
        assertThat(SkillWords.kept("データ分析AI入門")).contains("データ分析ai入門", "分析ai入門", "ai入門", "入門");
        assertThat(SkillWords.asked("分析AI")).containsExactly("分析ai");
        assertThat(SkillWords.kept("𠮷野")).as("beyond 16 bits").containsExactly("𠮷野", "野");
    }

    @Test
    void lettersThatOnlyLookOtherwiseAreTheSame() {
        assertThat(SkillWords.asked("Ｄａｔａ")).isEqualTo(SkillWords.kept("data"));
        assertThat(SkillWords.asked("e\u0301te\u0301")).isEqualTo(SkillWords.kept("été"));
    }

    @Test
    void longTextsAndWordsHaveABound() {
        assertThat(SkillWords.kept("漢".repeat(400)))
                .hasSizeLessThanOrEqualTo(SkillWords.MOST)
                .allSatisfy(word -> assertThat(word.length()).isLessThanOrEqualTo(SkillWords.LONGEST));
        assertThat(SkillWords.asked("a" + "𠮷".repeat(40)))
                .singleElement()
                .satisfies(
                        word -> assertThat(word).hasSize(SkillWords.LONGEST - 1).endsWith("𠮷"));
    }
}
