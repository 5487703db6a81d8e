package dev.laurel.credential.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.laurel.Needs;
import dev.laurel.credential.document.LearnerRecord.Part;
import dev.laurel.credential.proof.JsonBytes;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A record holds what Comprehensive Learner Record 2.0 asks for, in its form, and no word that its vocabulary does not know. */
class LearnerRecordFormTests {

    private static final long SEED = 11;

    private static final int MOST_SETS = 40;

    private static final int CREDENTIALS = 6;

    private static final String OPEN_BADGES =
            "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";

    private final TestIssuer issuer = new TestIssuer();

    private final CredentialSamples samples = issuer.samples(SEED);

    private Schema schema;

    @BeforeEach
    void readTheSchema() throws IOException {
        String shared =
                Files.readString(Needs.shared().resolve("fixtures/schema/ob_v3p0_achievementcredential_schema.json"));
        try (InputStream own = getClass().getResourceAsStream("learner-record-2.0.schema.json")) {
            schema = SchemaRegistry.withDefaultDialect(
                            SpecificationVersion.DRAFT_2019_09,
                            registry -> registry.schemas(Map.of(OPEN_BADGES, shared)))
                    .getSchema(own, InputFormat.JSON);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "5, true"})
    void whateverIsInItItMatchesTheSchema(int parts, boolean partial) {
        JsonObject record = record(parts, partial);

        assertThat(problems(record)).isEmpty();
        assertThat(record.containsKey("partial")).isEqualTo(partial);
        List<String> achievements = achievements(record);
        List<JsonObject> associations = associations(record);
        assertThat(associations).hasSize(parts).allSatisfy(each -> {
            assertThat(achievements).contains(each.getString("sourceId"), each.getString("targetId"));
            assertThat(each.getString("sourceId")).isNotEqualTo(each.getString("targetId"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/@context/0",
                "/@context/1",
                "/id",
                "/type/1",
                "/issuer",
                "/issuer/id",
                "/issuer/type",
                "/validFrom",
                "/credentialSubject",
                "/credentialSubject/type",
                "/credentialSubject/verifiableCredential",
                "/credentialSubject/verifiableCredential/3/proof",
                "/credentialSubject/verifiableCredential/3/issuer",
                "/credentialSubject/association/0/type",
                "/credentialSubject/association/0/sourceId",
                "/credentialSubject/association/0/targetId",
                "/credentialSubject/association/0/associationType"
            })
    void theSchemaMissesWhatIsTakenOut(String member) {
        JsonObject record = record(1, false);

        assertThat(problems(Json.createPointer(member).remove(record))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/more", "/credentialSubject/more", "/credentialSubject/association/0/more"})
    void theSchemaKnowsNoOtherWord(String member) {
        JsonObject record = record(1, false);

        assertThat(problems(Json.createPointer(member).add(record, JsonValue.TRUE)))
                .isNotEmpty();
    }

    private List<?> problems(JsonValue record) {
        return schema.validate(
                new String(JsonBytes.write(record.asJsonObject()), StandardCharsets.UTF_8), InputFormat.JSON);
    }

    private JsonObject record(int parts, boolean partial) {
        List<AchievementCredential> badges = CredentialSamples.pairs(SEED, MOST_SETS).stream()
                .limit(CREDENTIALS)
                .map(samples::of)
                .toList();
        List<JsonObject> signed = badges.stream()
                .map(badge -> issuer.embedded(badge, TestIssuer.NOW))
                .toList();
        List<String> achievements =
                signed.stream().map(LearnerRecordFormTests::achievement).toList();
        Set<Part> associated = achievements.stream()
                .skip(1)
                .limit(parts)
                .map(whole -> new Part(achievements.get(0), whole))
                .collect(Collectors.toSet());
        return new LearnerRecord(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        badges.get(0).issuer(),
                        TestIssuer.NOW,
                        signed,
                        associated,
                        partial)
                .toJson();
    }

    private static List<String> achievements(JsonObject record) {
        return record.getJsonObject("credentialSubject").getJsonArray("verifiableCredential").stream()
                .map(each -> achievement(each.asJsonObject()))
                .toList();
    }

    private static String achievement(JsonObject credential) {
        return credential
                .getJsonObject("credentialSubject")
                .getJsonObject("achievement")
                .getString("id");
    }

    private static List<JsonObject> associations(JsonObject record) {
        JsonValue all =
                record.getJsonObject("credentialSubject").getOrDefault("association", JsonValue.EMPTY_JSON_ARRAY);
        return all.asJsonArray().stream().map(JsonValue::asJsonObject).toList();
    }
}
