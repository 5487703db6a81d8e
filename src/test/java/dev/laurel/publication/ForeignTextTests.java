package dev.laurel.publication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTextTests {

    @ParameterizedTest
    @CsvSource({
        "'Ada\u202egnp.exe', Adagnp.exe",
        "'\u2066Ada\u2069 \u200fLovelace\u200b', Ada Lovelace",
        "'Harvard\u0000\u0007', Harvard",
        "did:web:h\u0430rvard.example:issuers, did:web:xn--hrvard-3nf.example:issuers",
        "https://b\u00fccher.example/a?b=https://h\u0430rvard.example, https://xn--bcher-kva.example/a?b=https://xn--hrvard-3nf.example",
    })
    void nothingInItPassesForSomethingElse(String text, String shown) {
        assertThat(ForeignText.shown(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Łódź 漢字", "میشا‌الله", "عائشة", "👩‍🎓 Ada", "two\nlines", "https://badges.example/ä"})
    void whatPeopleWriteStaysAsItIs(String text) {
        assertThat(ForeignText.shown(text)).isEqualTo(text);
    }
}
