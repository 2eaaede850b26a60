package io.argos.runtime.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One word, quoted value or sign of a filter.
 *
 * @param kind what it is
 * @param text the word or sign as written, the value without quotes
 * @param column its place in the text, from 1
 */
record FilterToken(Kind kind, String text, int column) {
  enum Kind {
    WORD,
    VALUE,
    SIGN,
    END
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.toLowerCase(Locale.ROOT).equals(word);
  }

  boolean isSign(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  /** What stands here, for a message. */
  String described() {
    return kind == Kind.END ? "the end" : "'" + text + "'";
  }

  static List<FilterToken> of(String filter) {
    List<FilterToken> tokens = new ArrayList<>();
    int at = 0;
    while (at < filter.length()) {
      char c = filter.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '"' || c == '\'') {
        at = value(filter, at, tokens);
      } else if (c == '(' || c == ')' || c == ',' || c == '=') {
        tokens.add(new FilterToken(Kind.SIGN, String.valueOf(c), at + 1));
        at++;
      } else if (c == '!' && at + 1 < filter.length() && filter.charAt(at + 1) == '=') {
        tokens.add(new FilterToken(Kind.SIGN, "!=", at + 1));
        at += 2;
      } else if (isWordPart(c)) {
        int start = at;
        while (at < filter.length() && isWordPart(filter.charAt(at))) {
          at++;
        }
        tokens.add(new FilterToken(Kind.WORD, filter.substring(start, at), start + 1));
      } else {
        throw new FilterException(at + 1, "'" + c + "' has no meaning in a filter");
      }
    }
    tokens.add(new FilterToken(Kind.END, "", filter.length() + 1));
    return tokens;
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
  }

  private static int value(String filter, int start, List<FilterToken> tokens) {
    char quote = filter.charAt(start);
    StringBuilder value = new StringBuilder();
    for (int at = start + 1; at < filter.length(); at++) {
      char c = filter.charAt(at);
      if (c == '\\' && at + 1 < filter.length()) {
        at++;
        value.append(filter.charAt(at));
      } else if (c == quote) {
        tokens.add(new FilterToken(Kind.VALUE, value.toString(), start + 1));
        return at + 1;
      } else {
        value.append(c);
      }
    }
    throw new FilterException(start + 1, "the value that begins here has no closing " + quote);
  }
}
