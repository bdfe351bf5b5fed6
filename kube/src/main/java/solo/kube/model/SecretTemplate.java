package solo.kube.model;

import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Expands tokens such as pvc.name in dollar and braces. Character for character what Go's os.Expand does, oddities
 * included: a word after a dollar expands without braces too, empty and unclosed braces vanish, and a dollar before a
 * special shell character is a token.
 */
final class SecretTemplate {

    private static final String SPECIAL = "*#$@!?-0123456789";

    /** The expanded text, or the tokens that mean nothing. */
    sealed interface Expansion {
        record Text(String text) implements Expansion {}

        record UnknownTokens(TreeSet<String> tokens) implements Expansion {}
    }

    private SecretTemplate() {}

    static Expansion expand(String template, Map<String, String> tokens) {
        StringBuilder text = new StringBuilder();
        TreeSet<String> unknown = new TreeSet<>();
        int at = 0;
        while (at < template.length()) {
            char character = template.charAt(at);
            if (character != '$' || at + 1 == template.length()) {
                text.append(character);
                at++;
                continue;
            }
            Token token = tokenAt(template, at + 1);
            if (token.name == null) {
                at += 1 + token.length;
            } else if (token.name.isEmpty()) {
                text.append('$');
                at++;
            } else {
                String value = tokens.get(token.name);
                if (value == null) {
                    unknown.add(token.name);
                } else {
                    text.append(value);
                }
                at += 1 + token.length;
            }
        }
        return unknown.isEmpty() ? new Expansion.Text(text.toString()) : new Expansion.UnknownTokens(unknown);
    }

    /** {@code name} null: bad syntax, to be swallowed; empty: the dollar stands for itself. */
    private record Token(@Nullable String name, int length) {}

    private static Token tokenAt(String template, int start) {
        char first = template.charAt(start);
        if (first == '{') {
            int close = template.indexOf('}', start);
            if (close < 0) {
                return new Token(null, 1);
            }
            return close == start + 1
                    ? new Token(null, 2)
                    : new Token(template.substring(start + 1, close), close + 1 - start);
        }
        if (SPECIAL.indexOf(first) >= 0) {
            return new Token(template.substring(start, start + 1), 1);
        }
        int end = start;
        while (end < template.length() && isWord(template.charAt(end))) {
            end++;
        }
        return new Token(template.substring(start, end), end - start);
    }

    private static boolean isWord(char character) {
        return character == '_'
                || (character >= '0' && character <= '9')
                || (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z');
    }
}
