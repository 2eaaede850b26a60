package io.argos.deploy.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.snmp.Oid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WalkTablesTest {
  private static List<Oid> oids(String... texts) {
    List<Oid> oids = new ArrayList<>();
    for (String text : texts) {
      oids.add(Oid.parse("1.3.6.1.4.1.99999." + text));
    }
    return oids;
  }

  private static WalkTables of(String... texts) {
    return new WalkTables(oids(texts), Enterprises.ROOT.length());
  }

  @Test
  void findsATableByTheIndexesOfItsColumns() {
    WalkTables walked =
        of("1.1.1.1.1.7", "1.1.1.1.2.8", "1.1.1.2.1.7", "1.1.1.2.2.8", "1.1.1.5.1.7", "2.1.0");

    assertThat(walked.tables())
        .containsExactly(
            new WalkTables.Table(
                Oid.parse("1.3.6.1.4.1.99999.1.1.1"),
                Map.of(
                    Oid.parse("1.3.6.1.4.1.99999.1.1.1.1"), 2,
                    Oid.parse("1.3.6.1.4.1.99999.1.1.1.2"), 2,
                    Oid.parse("1.3.6.1.4.1.99999.1.1.1.5"), 1),
                2,
                Oid.parse("1.7")));
    assertThat(walked.others()).isEqualTo(oids("2.1.0"));
  }

  @Test
  void takesNoScalarsAndNoSingleColumnForATable() {
    WalkTables walked = of("1.1.0", "1.2.0", "1.3.0", "2.1.1.4.1", "2.1.1.4.2", "3");

    assertThat(walked.tables()).isEmpty();
    assertThat(walked.others()).hasSize(6);
  }

  @Test
  void keepsTablesApartAndTellsTheLargestFirst() {
    WalkTables walked =
        of("1.1.1.1", "1.1.2.1", "2.1.1.5", "2.1.1.6", "2.1.2.5", "2.1.2.6", "2.1.3.5", "2.1.3.6");

    assertThat(walked.tables())
        .extracting(WalkTables.Table::entry)
        .containsExactly(Oid.parse("1.3.6.1.4.1.99999.2.1"), Oid.parse("1.3.6.1.4.1.99999.1.1"));
  }

  @Test
  void losesNothingWhateverIsWalked() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<Oid> oids = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Oid oid = Oid.parse("1.3.6.1.4.1");
        for (int arcs = random.nextInt(8); arcs >= 0; arcs--) {
          oid = oid.append(random.nextInt(3));
        }
        if (!oids.contains(oid)) {
          oids.add(oid);
        }
      }

      WalkTables walked = new WalkTables(oids, Enterprises.ROOT.length());

      int inTables =
          walked.tables().stream()
              .flatMap(table -> table.columns().values().stream())
              .mapToInt(Integer::intValue)
              .sum();
      assertThat(inTables + walked.others().size()).as("seed " + seed).isEqualTo(oids.size());
    }
  }

  @Test
  void knowsMakersByTheirNumbers() {
    assertThat(Enterprises.nameOf(Oid.parse("1.3.6.1.4.1.9.1.516"))).hasValue("Cisco");
    assertThat(Enterprises.nameOf(Oid.parse("1.3.6.1.4.1.2636"))).hasValue("Juniper");
    assertThat(Enterprises.nameOf(Oid.parse("1.3.6.1.4.1.4294967295.1"))).isEmpty();
    assertThat(Enterprises.nameOf(Oid.parse("1.3.6.1.2.1.1"))).isEmpty();
  }
}
