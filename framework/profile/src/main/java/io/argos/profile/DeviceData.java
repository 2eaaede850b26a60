package io.argos.profile;

import io.argos.profile.expression.Data;
import io.argos.profile.expression.Vector;
import io.argos.profile.format.ColumnSpec;
import io.argos.profile.format.Profile;
import io.argos.profile.format.TableSpec;
import io.argos.schemas.Resource;
import java.util.HashMap;
import java.util.Map;

/** What expressions read of one device: scalars, tables, and the rows they are about. */
final class DeviceData implements Data {
  private static final TableRows NO_TABLE = new TableRows(new int[1][0]);

  private final Resource resource;
  private final Map<String, Vector> scalars;
  private final Map<String, TableRows> tables;
  private final Rows rows;

  private DeviceData(
      Resource resource, Map<String, Vector> scalars, Map<String, TableRows> tables, Rows rows) {
    this.resource = resource;
    this.scalars = scalars;
    this.tables = tables;
    this.rows = rows;
  }

  /** Data of a device of which nothing is known yet. */
  static DeviceData of(Resource resource) {
    return new DeviceData(resource, new HashMap<>(), new HashMap<>(), NO_TABLE);
  }

  /** The same data, about the rows of a table. */
  DeviceData about(Rows other) {
    return new DeviceData(resource, scalars, tables, other);
  }

  /** The same data with one more scalar. */
  DeviceData with(String name, Vector value) {
    Map<String, Vector> more = new HashMap<>(scalars);
    more.put(name, value);
    return new DeviceData(resource, more, tables, rows);
  }

  /**
   * Makes the scalars and tables of a profile known before they are read, as absent and empty, so
   * that an expression over what the device lacks finds nothing rather than fails.
   */
  void expect(Profile profile) {
    for (ColumnSpec scalar : profile.scalars()) {
      scalars.putIfAbsent(scalar.name(), Vector.allAbsent(scalar.type(), 1));
    }
    for (TableSpec table : profile.tables()) {
      tables.putIfAbsent(table.name(), TableRows.empty(table));
    }
  }

  void scalar(String name, Vector value) {
    scalars.put(name, value);
  }

  void text(String name, String value) {
    boolean[] absent = value.isEmpty() ? new boolean[] {true} : Vector.NONE_ABSENT;
    scalars.put(name, new Vector.Texts(new String[] {value}, absent));
  }

  void table(String name, TableRows table) {
    tables.put(name, table);
  }

  @Override
  public Rows rows() {
    return rows;
  }

  @Override
  public TableRows table(String name) {
    TableRows table = tables.get(name);
    if (table == null) {
      throw new IllegalStateException("there is no table " + name);
    }
    return table;
  }

  @Override
  public Vector scalar(String name) {
    Vector scalar = scalars.get(name);
    if (scalar == null) {
      throw new IllegalStateException("there is no scalar " + name);
    }
    return scalar;
  }

  @Override
  public String attribute(String kind, String name) {
    if (kind.equals("label")) {
      return resource.getLabels().getOrDefault(name, "");
    }
    return switch (name) {
      case "class" -> resource.getResourceClass();
      case "subclass" -> resource.getSubclass();
      case "type" -> resource.getType();
      case "site" -> resource.getSite();
      default -> resource.getName();
    };
  }
}
