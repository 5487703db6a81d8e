package dev.laurel.credential.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.credential.document.HolderIdentity.Kind;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

class HolderIdentityTests {

    /** Of the specification's own example. */
    @Test
    void theHashIsTheOneOfTheSpecification() {
        assertThat(HolderIdentity.hashed(Kind.EMAIL, "a@example.com", "Kosher").value())
                .isEqualTo("sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399");
    }

    @Test
    void anAddressIsHashedInLowerCaseWhateverTheLmsWrites() {
        byte[] salt = {1, 2, 3};
        HolderIdentity typed = HolderIdentity.email(" Ada@School.EXAMPLE ", salt);

        assertThat(typed).isEqualTo(HolderIdentity.email("ada@school.example", salt));
        assertThat(typed.value())
                .isNotEqualTo(HolderIdentity.email("ada@school.example", new byte[] {4})
                        .value());
        JsonObject json = typed.toJson().build();
        assertThat(json.toString()).doesNotContainIgnoringCase("ada");
        assertThat(json.keySet()).containsExactly("type", "hashed", "identityHash", "identityType", "salt");
        assertThat(json.getString("identityType")).isEqualTo("emailAddress");
        assertThat(json.getBoolean("hashed")).isTrue();
    }

    @Test
    void aNameStandsThereAsItIs() {
        JsonObject json = HolderIdentity.name("Ada “漢字” Łódź").toJson().build();

        assertThat(json.toString())
                .isEqualTo(
                        "{\"type\":\"IdentityObject\",\"hashed\":false,\"identityHash\":\"Ada “漢字” Łódź\",\"identityType\":\"name\"}");
    }
}
