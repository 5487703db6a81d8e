package dev.laurel.credential.leaving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.credential.Variant;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchiveNamesTests {

    @ParameterizedTest
    @EnumSource
    void eachFormOfABadgeIsKnownAgainByItsName(Variant variant) {
        UUID id = UUID.randomUUID();
        String file = ArchiveNames.form(variant.name()) + ".jwt";

        assertThat(ArchiveNames.asCredential(ArchiveNames.credential(id, file)))
                .hasValue(new ArchiveNames.Part(id, file));
    }
}
