package dev.laurel.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.secrets.MasterKey;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PersonSealTests {

    private final PersonSeal seal =
            new PersonSeal(new MasterKey(new byte[32]), JsonMapper.builder().build());

    /** One such name must not keep a whole roster from being read. */
    @Test
    void aNameCutInTheMiddleOfACharacterCanBeKept() {
        Profile profile = PersonSeal.profile("Ada \ud83d", "\udc00", "Lovelace \ud83c\udf93", null, null);
        PeopleRepository.NewRow row = seal.newRow(new byte[32], "7", profile);

        Profile opened = seal.openProfile(seal.unwrap(row.wrappedKey()), row.sealed());

        assertThat(opened).isEqualTo(new Profile("Ada \ufffd", "\ufffd", "Lovelace \ud83c\udf93", null, null));
    }
}
