package io.argos.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that every record of a public topic keeps. */
class SchemaRulesTest {
  static Stream<Schema> records() {
    return new Topics("argos")
        .specs(4, Set.of("main")).stream()
            .flatMap(spec -> spec.record().stream())
            .distinct()
            .map(type -> SpecificData.get().getSchema(type));
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyFieldIsDocumentedAndEveryUnionIsWithNullOnly(Schema schema) {
    List<String> broken = new ArrayList<>();
    visit(schema, broken, new HashSet<>());

    assertThat(broken).isEmpty();
  }

  private static void visit(Schema schema, List<String> broken, Set<String> seen) {
    switch (schema.getType()) {
      case RECORD -> {
        if (!seen.add(schema.getFullName())) {
          return;
        }
        check(schema.getDoc(), schema.getName(), broken);
        for (Schema.Field field : schema.getFields()) {
          check(field.doc(), schema.getName() + "." + field.name(), broken);
          visit(field.schema(), broken, seen);
        }
      }
      case ENUM -> {
        check(schema.getDoc(), schema.getName(), broken);
        if (schema.getEnumDefault() == null) {
          broken.add(schema.getName() + " has no default symbol");
        }
      }
      case UNION -> {
        if (schema.getTypes().size() != 2
            || schema.getTypes().getFirst().getType() != Schema.Type.NULL) {
          broken.add("a union that is not null and one type: " + schema);
        }
        schema.getTypes().forEach(type -> visit(type, broken, seen));
      }
      case ARRAY -> visit(schema.getElementType(), broken, seen);
      case MAP -> visit(schema.getValueType(), broken, seen);
      default -> {
        // Primitive types have no rules.
      }
    }
  }

  private static void check(String doc, String what, List<String> broken) {
    if (doc == null || doc.isBlank()) {
      broken.add(what + " is not documented");
    }
  }
}
