package dev.laurel.credential.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.laurel.Needs;
import dev.laurel.credential.TestPictures;
import dev.laurel.credential.Verification;
import dev.laurel.credential.baking.BakedPng;
import dev.laurel.credential.document.CredentialSamples.Part;
import dev.laurel.credential.issuer.KeyAlgorithm;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.status.CredentialStatus;
import dev.laurel.credential.status.Withdrawal;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every optional part of a credential there and not, every two of them together, in every format: each is what the schema of
 * Open Badges asks for and is verified, and whatever is changed in it, one byte or one member, is noticed.
 */
class CredentialMatrixTests {

    private static final int MOST_SETS = 40;

    private final TestIssuer issuer = new TestIssuer();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverIsSaidMatchesTheSchemaAndIsVerifiedInEveryFormat(long seed) throws Exception {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09)
                .getSchema(
                        Files.readString(
                                Needs.shared().resolve("fixtures/schema/ob_v3p0_achievementcredential_schema.json")),
                        InputFormat.JSON);
        CredentialSamples samples = issuer.samples(seed);
        for (Set<Part> parts : CredentialSamples.pairs(seed, MOST_SETS)) {
            AchievementCredential credential = samples.of(parts);
            publish(credential, List.of());
            JsonObject embedded = issuer.embedded(credential);
            String what = "seed " + seed + ", parts " + parts + ": " + embedded;

            assertThat(schema.validate(
                            embedded.toString(),
                            InputFormat.JSON,
                            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                    .as(what)
                    .isEmpty();
            assertThat(issuer.verify(JsonBytes.write(embedded)).valid())
                    .as(what)
                    .isTrue();
            for (KeyAlgorithm algorithm : List.of(KeyAlgorithm.RS256, KeyAlgorithm.ES256)) {
                assertThat(issuer.verify(issuer.jwt(embedded, algorithm)).valid())
                        .as(algorithm + ", " + what)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void whateverMemberIsChangedOrTakenAwayItIsNoticed(long seed) {
        Random random = new Random(seed);
        CredentialSamples samples = issuer.samples(seed);
        for (Set<Part> parts : List.of(Set.of(Part.values()), CredentialSamples.any(random))) {
            AchievementCredential credential = samples.of(parts);
            publish(credential, List.of());
            JsonObject signed = issuer.embedded(credential);
            for (JsonObject mutant : mutants(signed)) {
                assertThat(issuer.verify(JsonBytes.write(mutant)).valid())
                        .as("seed %s: %s of %s", seed, mutant, signed)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyAlgorithm.class,
            names = {"RS256", "ES256"})
    void whateverCharacterOfAJwtIsChangedItIsNoticed(KeyAlgorithm algorithm) {
        AchievementCredential credential = issuer.samples(21).of(CredentialSamples.any(new Random(21)));
        publish(credential, List.of());
        byte[] jwt = issuer.jwt(issuer.embedded(credential), algorithm);
        assertThat(issuer.verify(jwt).valid()).isTrue();
        for (int i = 0; i < jwt.length; i += 3) {
            byte[] changed = jwt.clone();
            changed[i] = (byte) (changed[i] == 'A' ? 'B' : 'A');
            assertThat(issuer.verify(changed).valid()).as("character %s", i).isFalse();
        }
    }

    @Test
    void everyStatusIsTold() {
        AchievementCredential credential = issuer.samples(31).of(EnumSet.complementOf(EnumSet.of(Part.STATUS_BY_ID)));
        CredentialStatus status = credential.status();
        byte[] embedded = JsonBytes.write(issuer.embedded(credential));
        byte[] jwt = issuer.jwt(JsonBytes.parse(embedded), KeyAlgorithm.ES256);

        issuer.publish(status, List.of(status.index() ^ 1));
        assertThat(issuer.verify(embedded).valid()).isTrue();
        assertThat(issuer.verify(jwt).valid()).isTrue();

        issuer.publish(status, List.of(status.index()));
        assertThat(issuer.verify(embedded).checks()).last().isEqualTo(new Verification.Check("verify.status", false));
        assertThat(issuer.verify(jwt).checks()).last().isEqualTo(new Verification.Check("verify.status", false));
        assertThat(issuer.verify(embedded).suspended()).isFalse();

        issuer.publish(status, List.of(status.index()), List.of(status.index()));
        for (byte[] format : List.of(embedded, jwt)) {
            assertThat(issuer.verify(format).valid()).isFalse();
            assertThat(issuer.verify(format).suspended()).isTrue();
        }

        issuer.publish(status, List.of(), List.of(status.index()));
        assertThat(issuer.verify(embedded).valid())
                .as("the first list is the one that counts")
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyAlgorithm.class,
            names = {"RS256", "ES256"})
    void whatABakedPictureCarriesIsWhatIsVerified(KeyAlgorithm algorithm) {
        AchievementCredential credential = issuer.samples(41).of(CredentialSamples.any(new Random(41)));
        publish(credential, List.of());
        JsonObject embedded = issuer.embedded(credential);
        for (byte[] bytes : List.of(JsonBytes.write(embedded), issuer.jwt(embedded, algorithm))) {
            byte[] baked = BakedPng.bake(TestPictures.png(), BakedPng.Keyword.OPEN_BADGES_3, bytes);
            assertThat(BakedPng.extract(baked)).isEqualTo(bytes);
            assertThat(issuer.verify(BakedPng.extract(baked)).valid()).isTrue();
        }
    }

    @Test
    void everyStatusInAListOfIdsIsTold() {
        AchievementCredential credential = issuer.samples(32).of(Set.of(Part.STATUS, Part.STATUS_BY_ID));
        byte[] embedded = JsonBytes.write(issuer.embedded(credential));

        issuer.publish(credential.status(), Map.of(UUID.randomUUID(), Withdrawal.REVOKED));
        assertThat(issuer.verify(embedded).valid()).isTrue();

        for (Withdrawal why : Withdrawal.values()) {
            issuer.publish(credential.status(), Map.of(credential.id(), why));
            assertThat(issuer.verify(embedded).valid()).as(why.name()).isFalse();
            assertThat(issuer.verify(embedded).suspended()).as(why.name()).isEqualTo(why == Withdrawal.SUSPENDED);
        }
    }

    private void publish(AchievementCredential credential, List<Integer> withdrawn) {
        CredentialStatus status = credential.status();
        if (status != null && status.index() == null) {
            issuer.publish(status, Map.of());
        } else if (status != null) {
            issuer.publish(status, withdrawn);
        }
    }

    /** The document with each one of its members, at any depth, changed a little and taken away. */
    private static List<JsonObject> mutants(JsonObject document) {
        List<JsonObject> mutants = new ArrayList<>();
        document.forEach((name, value) -> {
            mutants.add(
                    JsonBytes.JSON.createObjectBuilder(document).remove(name).build());
            for (JsonValue other : mutants(value)) {
                mutants.add(JsonBytes.JSON
                        .createObjectBuilder(document)
                        .add(name, other)
                        .build());
            }
        });
        return mutants;
    }

    private static List<JsonValue> mutants(JsonValue value) {
        List<JsonValue> mutants = new ArrayList<>();
        if (value instanceof JsonObject object) {
            mutants.addAll(mutants(object));
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                mutants.add(JsonBytes.JSON.createArrayBuilder(array).remove(i).build());
                for (JsonValue other : mutants(array.get(i))) {
                    mutants.add(JsonBytes.JSON
                            .createArrayBuilder(array)
                            .set(i, other)
                            .build());
                }
            }
        } else if (value instanceof JsonString text) {
            mutants.add(JsonBytes.JSON.createValue(text.getString() + "x"));
        } else if (value.getValueType() == JsonValue.ValueType.NUMBER) {
            mutants.add(JsonBytes.JSON.createValue(7));
        } else {
            mutants.add(JsonValue.TRUE.equals(value) ? JsonValue.FALSE : JsonValue.TRUE);
        }
        return mutants;
    }
}
