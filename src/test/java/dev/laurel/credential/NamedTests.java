package dev.laurel.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.context.Profile;
import org.junit.jupiter.api.Test;

class NamedTests {

    @Test
    void whatTheLmsTellsIsSaidOnlyWhereItIsANameAndAnAddress() {
        Named both = Named.of(new Profile(" Ada Lovelace ", null, null, "ADA@School.example", "4711"));

        assertThat(both).isEqualTo(new Named("Ada Lovelace", "ada@school.example"));
        assertThat(both.only(false, true)).isEqualTo(new Named(null, "ada@school.example"));
        assertThat(Named.read(both.toBytes())).isEqualTo(both);
        assertThat(Named.of(new Profile("x".repeat(301), null, null, "no address", null)))
                .isEqualTo(Named.NOTHING);
    }
}
