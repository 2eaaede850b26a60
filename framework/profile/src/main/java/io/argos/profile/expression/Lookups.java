package io.argos.profile.expression;

import java.util.HashMap;
import java.util.Map;

/** Values of other rows: by their index, or by the value of a column. */
final class Lookups {
  private Lookups() {}

  /** {@code table.column[index]}. */
  static Code.Typed byIndex(Compiler compiler, Syntax.Indexed indexed) {
    Syntax.Qualified column = compiler.column(indexed.column());
    Type type = compiler.columnType(column);
    Code key = keyText(compiler, indexed.index());
    return new Code.Typed(
        type,
        at -> {
          at.step();
          Data.Rows rows = compiler.rowsOf(at, column.table());
          Vector keys = key.run(at);
          String[] texts = Conversions.texts(keys);
          int[] positions = new int[texts.length];
          for (int i = 0; i < positions.length; i++) {
            positions[i] = keys.isAbsent(i) ? -1 : rows.find(texts[i]);
          }
          return rows.column(column.column()).pick(positions);
        });
  }

  /** {@code lookup(table.key, value, table.result)}: the first row whose key has the value. */
  static Code.Typed byValue(Compiler compiler, Syntax.Call call) {
    Syntax.Qualified key = compiler.column(call.arguments().get(0));
    Syntax.Qualified result = compiler.column(call.arguments().get(2));
    if (!key.table().equals(result.table())) {
      throw new ExpressionException(
          result.offset(), "both columns of a lookup belong to one table");
    }
    compiler.columnType(key);
    Type type = compiler.columnType(result);
    Code wanted = keyText(compiler, call.arguments().get(1));
    return new Code.Typed(
        type,
        at -> {
          at.step();
          Data.Rows rows = compiler.rowsOf(at, key.table());
          Vector keys = rows.column(key.column());
          at.budget().spend(keys.size());
          Map<String, Integer> first = new HashMap<>(keys.size() * 2);
          for (int i = 0; i < keys.size(); i++) {
            if (!keys.isAbsent(i)) {
              first.putIfAbsent(keys.textAt(i), i);
            }
          }
          Vector sought = wanted.run(at);
          String[] texts = Conversions.texts(sought);
          int[] positions = new int[texts.length];
          for (int i = 0; i < positions.length; i++) {
            positions[i] = sought.isAbsent(i) ? -1 : first.getOrDefault(texts[i], -1);
          }
          return rows.column(result.column()).pick(positions);
        });
  }

  private static Code keyText(Compiler compiler, Syntax tree) {
    Code.Typed key = compiler.compile(tree);
    if (key.type() != Type.TEXT && key.type() != Type.INTEGER && key.type() != Type.NONE) {
      throw new ExpressionException(
          tree.offset(), "a key is a text or an integer, not " + key.type().word());
    }
    return TextFunctions.toText(key);
  }
}
