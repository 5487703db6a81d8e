package dev.laurel.award.decision;

import dev.laurel.award.Award;
import dev.laurel.award.grant.Grant;
import dev.laurel.award.ledger.CanonicalJson;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleTexts;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/**
 * The facts a decision rests on, as JSON: the rule as it stood, and per leaf the value, maximum, threshold, source, time
 * and place in the change log. No name and no number of a person: who it is about stands in the award. A random salt in it
 * keeps what it says from being guessed by its hash, which stands in the credential (docs/decision-records.md).
 */
@Component
public class DecisionRecord {

    /** 2: with a salt, and the tier and the time it is valid where there are any. */
    static final int VERSION = 2;

    private static final int SALT_LENGTH = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final RuleTexts texts;

    DecisionRecord(RuleTexts texts) {
        this.texts = texts;
    }

    /** By public id of the award. */
    Map<UUID, CanonicalJson> of(RuleSet ruleSet, List<Award> awards, Map<UUID, PersonEvaluation> reasons) {
        CanonicalJson rule = CanonicalJson.of(texts.json(ruleSet.rule()));
        List<String> salts = salts(awards.size());
        return IntStream.range(0, awards.size())
                .parallel()
                .filter(n -> reasons.containsKey(awards.get(n).publicId()))
                .boxed()
                .collect(Collectors.toMap(n -> awards.get(n).publicId(), n -> {
                    Award award = awards.get(n);
                    return facts(
                            of(ruleSet, award, salts.get(n)),
                            rule,
                            Objects.requireNonNull(reasons.get(award.publicId())));
                }));
    }

    /** Of an award that a person gave: the reason and the evidence in place of results. */
    public CanonicalJson byHand(RuleSet ruleSet, Award award, Grant grant) {
        return of(ruleSet, award, salts(1).get(0))
                .put(
                        "byHand",
                        new CanonicalJson.Members()
                                .put("reason", grant.reason())
                                .put("evidence", grant.evidenceText())
                                .put("evidenceUrl", grant.evidenceUrl())
                                .toJson())
                .put("rule", CanonicalJson.of(texts.json(ruleSet.rule())))
                .put("lines", CanonicalJson.of("[]"))
                .toJson();
    }

    /** The same facts under the name of another award that says the same. */
    CanonicalJson again(String facts, Award award) {
        return CanonicalJson.with(facts, Map.of("award", award.publicId().toString(), "salt", salts(1).get(0)));
    }

    /** Whether the facts of a decision are these results. */
    boolean restsOn(String facts, PersonEvaluation reason) {
        return CanonicalJson.member(facts, "lines")
                .filter(CanonicalJson.of(texts.json(reason.evaluation()))::equals)
                .isPresent();
    }

    private CanonicalJson facts(CanonicalJson.Members facts, CanonicalJson rule, PersonEvaluation reason) {
        return facts.put("evaluatedAt", reason.evaluatedAt())
                .put("verdict", reason.evaluation().verdict().name())
                .put("rule", rule)
                .put("lines", CanonicalJson.of(texts.json(reason.evaluation())))
                .toJson();
    }

    private static CanonicalJson.Members of(RuleSet ruleSet, Award award, String salt) {
        CanonicalJson.Members facts = new CanonicalJson.Members()
                .put("v", VERSION)
                .put("salt", salt)
                .put("award", award.publicId().toString())
                .put("achievement", award.achievementId())
                .put("achievementVersion", award.achievementVersion())
                .put("context", award.contextId())
                .put("ruleSet", ruleSet.id())
                .put("ruleSetVersion", award.ruleSetVersion())
                .put("reference", award.reference().value())
                .put("decidedAt", award.decidedAt());
        Award.Level level = award.level();
        if (level != null) {
            facts.put("level", level.name());
        }
        if (award.validUntil() != null) {
            facts.put("validUntil", award.validUntil());
        }
        return facts;
    }

    /** Drawn at once: threads that draw one each would wait for one another. */
    private static List<String> salts(int many) {
        byte[] random = new byte[many * SALT_LENGTH];
        RANDOM.nextBytes(random);
        return IntStream.range(0, many)
                .mapToObj(n -> HexFormat.of().formatHex(random, n * SALT_LENGTH, (n + 1) * SALT_LENGTH))
                .toList();
    }
}
