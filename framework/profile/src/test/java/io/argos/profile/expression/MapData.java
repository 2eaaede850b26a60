package io.argos.profile.expression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Data held in maps. */
final class MapData implements Data {
  final Map<String, Vector> columns = new LinkedHashMap<>();
  final Map<String, MapData> tables = new LinkedHashMap<>();
  final Map<String, Vector> scalars = new LinkedHashMap<>();
  final Map<String, String> attributes = new LinkedHashMap<>();
  private final String[] index;

  MapData(String... index) {
    this.index = index;
    columns.put("index", new Vector.Texts(index, Vector.NONE_ABSENT));
  }

  MapData integers(String name, long... values) {
    columns.put(name, new Vector.Integers(values, Vector.NONE_ABSENT));
    return this;
  }

  MapData numbers(String name, double... values) {
    columns.put(name, new Vector.Numbers(values, Vector.NONE_ABSENT));
    return this;
  }

  /** Texts, of which an empty one is absent. */
  MapData texts(String name, String... values) {
    boolean[] absent = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      absent[i] = values[i].isEmpty();
    }
    columns.put(name, new Vector.Texts(values, absent));
    return this;
  }

  Scope scope(boolean aggregating) {
    Map<String, Map<String, Type>> others = new LinkedHashMap<>();
    tables.forEach((name, table) -> others.put(name, types(table.columns)));
    others.put("own", types(columns));
    return new Scope("own", types(columns), others, types(scalars), aggregating);
  }

  private static Map<String, Type> types(Map<String, Vector> columns) {
    Map<String, Type> types = new LinkedHashMap<>();
    columns.forEach((name, column) -> types.put(name, column.type()));
    return types;
  }

  List<String> eval(String source) {
    Vector result = Expression.compile(source, scope(false)).evaluate(this);
    return shown(result);
  }

  List<String> fold(String source, int[] groupOf, int groups) {
    return shown(Expression.compile(source, scope(true)).fold(this, new Folding(groupOf, groups)));
  }

  private static List<String> shown(Vector result) {
    List<String> shown = new java.util.ArrayList<>();
    for (int i = 0; i < result.size(); i++) {
      shown.add(result.isAbsent(i) ? "-" : result.textAt(i));
    }
    return shown;
  }

  @Override
  public Rows rows() {
    return new MapRows(this);
  }

  @Override
  public Rows table(String name) {
    MapData table = tables.get(name);
    if (table == null) {
      throw new IllegalStateException(name);
    }
    return new MapRows(table);
  }

  @Override
  public Vector scalar(String name) {
    Vector scalar = scalars.get(name);
    if (scalar == null) {
      throw new IllegalStateException(name);
    }
    return scalar;
  }

  @Override
  public String attribute(String kind, String name) {
    return attributes.getOrDefault(kind + ":" + name, "");
  }

  private record MapRows(MapData data) implements Rows {
    @Override
    public int size() {
      return data.index.length;
    }

    @Override
    public Vector column(String name) {
      Vector column = data.columns.get(name);
      if (column == null) {
        throw new IllegalStateException(name);
      }
      return column;
    }

    @Override
    public int find(String index) {
      return List.of(data.index).indexOf(index);
    }
  }
}
