package dev.laurel.context.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTests {

    @ParameterizedTest
    @CsvSource({
        "ada@example.org, ada@example.org",
        "'  Ada.Lovelace+badges@Example.ORG ', Ada.Lovelace+badges@example.org",
        "o'brien@mail.example.org, o'brien@mail.example.org",
        "anna@bücher.example, anna@xn--bcher-kva.example",
    })
    void whatBrowsersTakeIsAnAddressAndItsDomainIsInTheLettersOfDns(String typed, String address) {
        assertThat(MailAddress.of(typed)).map(MailAddress::value).hasValue(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.org",
                ".ada@example.org",
                "ada.@example.org",
                "ada..l@example.org",
                "ada@",
                "ada@example",
                "ada@-example.org",
                "ada@example..org",
                "ada lovelace@example.org",
                "ada@example.org, bao@example.org",
                "Ada <ada@example.org>",
                "ada@example.org\nBcc: bao@example.org",
                "ada\r\nBcc:bao@example.org",
                "ädä@example.org",
                "ada@\u202eexample.org",
                "ada@example.org\u0000"
            })
    void whatNoMessageCouldBeSentToIsNone(String typed) {
        assertThat(MailAddress.of(typed)).isEmpty();
    }

    @Test
    void whatIsEndlessIsNone() {
        assertThat(MailAddress.of("a".repeat(65) + "@example.org")).isEmpty();
        assertThat(MailAddress.of("a@" + "b.".repeat(130) + "org")).isEmpty();
        assertThat(MailAddress.of("a@" + "ü".repeat(100_000) + ".org")).isEmpty();
    }

    @Test
    void largeAndSmallLettersAreOneAddressAndItsTextIsInNoLog() {
        MailAddress typed = MailAddress.of("Ada@Example.org").orElseThrow();

        assertThat(typed.folded()).isEqualTo("ada@example.org");
        assertThat(typed).asString().doesNotContain("da@");
    }
}
