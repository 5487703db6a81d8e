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
        "https://\u051dikipedia.example, https://xn--ikipedia-yxi.example",
        "https://harvard.example@\u0435vil.example/x, https://harvard.example@xn--vil-qdd.example/x",
        "https://a\ud838\udec0.example:8443, https://a%F0%9E%8B%80.example:8443",
        "https://harvard.example\uff0fevil.example, https://harvard.example%EF%BC%8Fevil.example",
        "https://b\u00fccher.example/a?b=https://h\u0430rvard.example, https://xn--bcher-kva.example/a?b=https://xn--hrvard-3nf.example",
    })
    void nothingInItPassesForSomethingElse(String text, String shown) {
        assertThat(ForeignText.shown(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "H\u0430rvard University, true",
        "University of \u0391thens, true",
        "Софийски университет, false",
        "Sofia University Софийски, false",
        "\u03b2-Carotene, false",
        "Łódź 漢字, false",
        "東京 University 2026, false",
    })
    void lettersThatLookLikeLatinOnesAreFoundWhereTheyStandAmongThem(String name, boolean mixed) {
        assertThat(ForeignText.mixesAlphabets(name)).isEqualTo(mixed);
    }

    @ParameterizedTest
    @CsvSource({
        "xn--hrvard-3nf.example, true",
        "H\u0430rvard.example, true",
        "\u0430-b.example, true",
        "xn--bcher-kva.example, false",
        "xn--80ak6aa92e.example, false",
        "127.0.0.1, false",
    })
    void soTheyAreInTheNameOfAHost(String host, boolean mixed) {
        assertThat(ForeignText.hostMixesAlphabets(host)).isEqualTo(mixed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Łódź 漢字", "میشا‌الله", "عائشة", "👩‍🎓 Ada", "two\nlines", "https://badges.example/ä"})
    void whatPeopleWriteStaysAsItIs(String text) {
        assertThat(ForeignText.shown(text)).isEqualTo(text);
    }
}
