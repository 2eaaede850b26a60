package io.argos.runtime.filter;

import io.argos.schemas.Resource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads a filter by recursive descent. Used once. */
final class FilterParser {
  private static final int DEEPEST = 64;

  private final List<FilterToken> tokens;
  private final SequencedMap<String, FilterField> fields = new LinkedHashMap<>();
  private int position;
  private int depth;

  FilterParser(String text) {
    this.tokens = FilterToken.of(text);
  }

  Predicate<Resource> parse() {
    Predicate<Resource> filter = disjunction();
    if (next().kind() != FilterToken.Kind.END) {
      throw expected("AND, OR or the end");
    }
    return filter;
  }

  /** The fields that the filter asks for, as it names them, in its order. */
  SequencedMap<String, FilterField> fields() {
    return fields;
  }

  private Predicate<Resource> disjunction() {
    Predicate<Resource> left = conjunction();
    while (next().isWord("or")) {
      position++;
      left = left.or(conjunction());
    }
    return left;
  }

  private Predicate<Resource> conjunction() {
    Predicate<Resource> left = term();
    while (next().isWord("and")) {
      position++;
      left = left.and(term());
    }
    return left;
  }

  private Predicate<Resource> term() {
    if (++depth > DEEPEST) {
      throw new FilterException(next().column(), "the filter is nested more than 64 deep");
    }
    try {
      if (next().isWord("not")) {
        position++;
        return term().negate();
      }
      if (next().isSign("(")) {
        position++;
        Predicate<Resource> inner = disjunction();
        sign(")");
        return inner;
      }
      return condition();
    } finally {
      depth--;
    }
  }

  private Predicate<Resource> condition() {
    FilterToken name = next();
    if (name.kind() != FilterToken.Kind.WORD) {
      throw expected("a field, NOT or (");
    }
    FilterField field =
        FilterField.of(name.text())
            .orElseThrow(() ->
                expected(
                    "one of the fields site, class, subclass, type, id, name, endpoint,"
                        + " labels.<key>"));
    fields.putIfAbsent(name.text(), field);
    position++;
    FilterToken operator = next();
    position++;
    if (operator.isSign("=") || operator.isWord("eq")) {
      String wanted = value();
      return holds(field, wanted::equals);
    }
    if (operator.isSign("!=") || operator.isWord("ne")) {
      String unwanted = value();
      return holds(field, actual -> !actual.equals(unwanted));
    }
    boolean negated = operator.isWord("not");
    FilterToken set = negated ? next() : operator;
    position += negated ? 1 : 0;
    if (set.isWord("like")) {
      Pattern pattern = like(value());
      return holds(field, actual -> pattern.matcher(actual).matches() != negated);
    }
    if (set.isWord("in")) {
      Set<String> values = values();
      return holds(field, actual -> values.contains(actual) != negated);
    }
    position--;
    throw expected("=, !=, eq, ne, LIKE, IN, NOT LIKE or NOT IN");
  }

  private static Predicate<Resource> holds(FilterField field, Predicate<String> condition) {
    return resource -> {
      Optional<String> actual = field.read(resource);
      return actual.isPresent() && condition.test(actual.get());
    };
  }

  private Set<String> values() {
    sign("(");
    Set<String> values = new HashSet<>();
    values.add(value());
    while (next().isSign(",")) {
      position++;
      values.add(value());
    }
    sign(")");
    return values;
  }

  private String value() {
    if (next().kind() != FilterToken.Kind.VALUE) {
      throw expected("a value in quotes");
    }
    return tokens.get(position++).text();
  }

  private void sign(String sign) {
    if (!next().isSign(sign)) {
      throw expected(sign);
    }
    position++;
  }

  private FilterToken next() {
    return tokens.get(position);
  }

  private FilterException expected(String what) {
    return new FilterException(
        next().column(), next().described() + " stands where " + what + " was expected");
  }

  private static Pattern like(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      switch (c) {
        case '%' -> regex.append(".*");
        case '_' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }
}
