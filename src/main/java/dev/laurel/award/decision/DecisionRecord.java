package dev.laurel.award.decision;

import dev.laurel.award.Award;
import dev.laurel.award.grant.Grant;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

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

    private final RuleSets ruleSets;

    private final JsonMapper json;

    DecisionRecord(RuleSets ruleSets, JsonMapper json) {
        this.ruleSets = ruleSets;
        this.json = json;
    }

    /** By public id of the award. */
    Map<UUID, String> of(RuleSet ruleSet, List<Award> awards, Map<UUID, PersonEvaluation> reasons) {
        RawValue rule = new RawValue(ruleSets.json(ruleSet.rule()));
        Map<UUID, String> facts = new LinkedHashMap<>();
        for (Award award : awards) {
            PersonEvaluation reason = reasons.get(award.publicId());
            if (reason != null) {
                facts.put(award.publicId(), facts(ruleSet, rule, award, reason));
            }
        }
        return facts;
    }

    /** Of an award that a person gave: the reason and the evidence in place of results. */
    public String byHand(RuleSet ruleSet, Award award, Grant grant) {
        ObjectNode node = of(ruleSet, award);
        ObjectNode byHand = node.putObject("byHand");
        byHand.put("reason", grant.reason());
        byHand.put("evidence", grant.evidenceText());
        byHand.put("evidenceUrl", grant.evidenceUrl());
        node.putRawValue("rule", new RawValue(ruleSets.json(ruleSet.rule())));
        node.putArray("lines");
        return json.writeValueAsString(node);
    }

    private String facts(RuleSet ruleSet, RawValue rule, Award award, PersonEvaluation reason) {
        ObjectNode node = of(ruleSet, award);
        node.put("evaluatedAt", reason.evaluatedAt().toString());
        node.put("verdict", reason.evaluation().verdict().name());
        node.putRawValue("rule", rule);
        node.putRawValue("lines", new RawValue(ruleSets.json(reason.evaluation())));
        return json.writeValueAsString(node);
    }

    private ObjectNode of(RuleSet ruleSet, Award award) {
        ObjectNode node = json.createObjectNode();
        node.put("v", VERSION);
        node.put("salt", salt());
        node.put("award", award.publicId().toString());
        node.put("achievement", award.achievementId());
        node.put("achievementVersion", award.achievementVersion());
        node.put("context", award.contextId());
        node.put("ruleSet", ruleSet.id());
        node.put("ruleSetVersion", award.ruleSetVersion());
        node.put("reference", award.reference().value());
        node.put("decidedAt", award.decidedAt().toString());
        Award.Level level = award.level();
        if (level != null) {
            node.put("level", level.name());
        }
        if (award.validUntil() != null) {
            node.put("validUntil", award.validUntil().toString());
        }
        return node;
    }

    private static String salt() {
        byte[] salt = new byte[SALT_LENGTH];
        RANDOM.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }
}
