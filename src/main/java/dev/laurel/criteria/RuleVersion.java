package dev.laurel.criteria;

/** A rule as it once stood: awards name the one that they were decided by. */
public record RuleVersion(long ruleSetId, int version) {}
