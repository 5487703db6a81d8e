package dev.laurel.award.grant;

/** She has the badge by another course that gives it too; whether she keeps it is decided there. */
public class HeldElsewhereException extends RuntimeException {}
