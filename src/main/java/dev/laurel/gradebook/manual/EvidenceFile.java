package dev.laurel.gradebook.manual;

/** The content of a file that a learner handed in, to be offered as a download and never to be shown by the browser. */
public record EvidenceFile(String name, FileType type, byte[] content) {}
