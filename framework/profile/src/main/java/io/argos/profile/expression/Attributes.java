package io.argos.profile.expression;

import java.util.Set;

/** Facts about the resource; an unknown one is absent. */
final class Attributes {
  private static final Set<String> FIELDS = Set.of("class", "subclass", "type", "site", "name");

  private Attributes() {}

  static Code.Typed resource(Compiler compiler, Syntax.Call call) {
    String field = Functions.literal(call, 0);
    if (!FIELDS.contains(field)) {
      throw new ExpressionException(
          call.arguments().getFirst().offset(),
          "a resource has class, subclass, type, site and name, not '" + field + "'");
    }
    return attribute("resource", field);
  }

  static Code.Typed label(Compiler compiler, Syntax.Call call) {
    return attribute("label", Functions.literal(call, 0));
  }

  private static Code.Typed attribute(String kind, String name) {
    return new Code.Typed(
        Type.TEXT,
        at -> {
          String value = at.data().attribute(kind, name);
          return value.isEmpty()
              ? Vector.allAbsent(Type.TEXT, at.size())
              : Constants.texts(value, at);
        });
  }
}
