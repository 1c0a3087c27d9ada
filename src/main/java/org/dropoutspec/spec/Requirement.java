package org.dropoutspec.spec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One numbered requirement.
 *
 * @param id stable, never reused: {@code BWD-1}
 * @param level how binding it is
 * @param title the words after "{@code BWD-1 MUST }" in a message: {@code mask the gradient like the output}
 * @param sentence the normative words
 * @param text the whole entry as it stands in the specification, heading included
 * @param untestable why no check is possible, for a requirement that none holds
 */
public record Requirement(
        String id, RequirementLevel level, String title, String sentence, String text, Optional<String> untestable) {

    /** The part of the id before the dash, which names the chapter: {@code BWD}. */
    public String chapter() {
        return id.substring(0, id.indexOf('-'));
    }

    /** The heading of the entry: {@code BWD-1 MUST mask the gradient like the output}. */
    public String heading() {
        return id + " " + level + " " + title;
    }

    /**
     * The first eight hex digits of the SHA-256 of heading and sentence. The check of the requirement states this pin,
     * so that a change of the words fails the build until somebody has read the check again.
     */
    public String pin() {
        return sha256(heading() + "\n" + sentence).substring(0, 8);
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
