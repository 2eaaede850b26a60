package io.argos.profile.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
  private final MapData juniper =
      new MapData("7.1.0.0", "8.1.1.0", "9.1.0.0")
          .texts("descr", "FPC: EX4600", "PIC: 24x10G", "Routing Engine 0")
          .integers("state", 2, 6, 2)
          .integers("temp", 43, 0, 42)
          .integers("buffer", 62, 0, 33)
          .integers("memory", 2013265920, 0, 34306260992L);

  @Test
  void coversTheShapesThatPanoptesPluginsUse() {
    assertThat(juniper.eval("contains(descr, 'Routing Engine') ? 'data' : 'ctrl'"))
        .containsExactly("ctrl", "ctrl", "data");
    assertThat(juniper.eval("int(buffer / 100.0 * memory)"))
        .containsExactly("1248224870", "0", "11321066127");
    assertThat(juniper.eval("temp != 0 ? round(temp * 1.8 + 32, 2) : 0.0"))
        .containsExactly("109.4", "0", "107.6");
    assertThat(juniper.eval("'Module ' + index").getFirst()).isEqualTo("Module 7.1.0.0");
    assertThat(juniper.eval("own.state[index]")).containsExactly("2", "6", "2");
    assertThat(juniper.eval("int(part('21.5 C', ' ', 0)) * 1000000")).containsOnly("21000000");
    assertThat(juniper.fold("count(state not in [6])", new int[3], 1)).containsExactly("2");
    assertThat(juniper.fold("count(state == 2 and contains(descr, 'FPC'))", new int[3], 1))
        .containsExactly("1");
    assertThat(juniper.fold("sum(int(temp))", new int[] {0, 1, 0}, 2)).containsExactly("85", "0");
    assertThat(juniper.fold("avg(temp, temp > 0)", new int[3], 1)).containsExactly("42.5");
    assertThat(juniper.fold("max(temp) - min(temp, temp > 0)", new int[3], 1)).containsExactly("1");
    assertThat(juniper.fold("first(descr, state == 6)", new int[3], 1))
        .containsExactly("PIC: 24x10G");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 + 2 * 3 | 7",
        "(1 + 2) * 3 | 9",
        "7 / 2 | 3.5",
        "7 % 4 | 3",
        "-3 + 1 | -2",
        "1 / 0 | -",
        "5 % 0 | -",
        "none ?? 4 | 4",
        "1 / 0 ?? 4 | 4",
        "1 < 2 and not (2 < 1) | true",
        "none == 1 or true | true",
        "not (none == 1) | -",
        "none == 1 ? 'a' : 'b' | b",
        "'ab' + 1 | ab1",
        "3 in [1, 2, 3] | true",
        "'x' not in ['y'] | true",
        "round(2.675, 2) | 2.67",
        "round(0.125, 2) | 0.12",
        "round(2.5) | 2",
        "convert(43, 'Cel', '[degF]') | 109.4",
        "convert(2, 'MiBy', 'By') | 2097152",
        "matches('xe-0/0/1', '^xe-') | true",
        "capture('Version 15.2(4)E7, x', 'Version ([^,]+)') | 15.2(4)E7",
        "capture('abc', '^(x)') | -",
        "part('a/b/c', '/', -1) | c",
        "part('a', '/', 1) | -",
        "arc('1.4.9', -1) | 9",
        "arcs('0.1.44.144.154.142.1', 2, 6) | 44.144.154.142",
        "arcs('4.1.2.203.0.113.5', -4) | 203.0.113.5",
        "arcs('1.2', -4) | -",
        "round(convert(number(part('38.50 degrees Celsius', ' ', 0)), 'Cel', '[degF]'), 2) | 101.3",
        "address('33.49.7.250.64.17.0.4.80.0.0.42.4.0.80.1') | 2131:7fa:4011:4:5000:2a:400:5001",
        "address('32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.1') | 2001:db8::1",
        "address('10.0.0.1') | 10.0.0.1",
        "pow10(-3) * 21500 | 21.5",
        "least(3, 2) + greatest(1.5, 1) | 3.5",
        "int('12 ') + int(3.9) + int(true) | 16",
        "int('twelve') | -",
        "ascii(upper('aé')) | A",
        "replace('celsius sensor', 'celsius', 'fahrenheit') | fahrenheit sensor",
        "length('abc') + abs(-2) | 5",
        "present(none) | false",
      })
  void yields(String source, String expected) {
    assertThat(new MapData("1").eval(source)).containsExactly(expected);
  }

  @Test
  void looksUpOtherTablesByIndexAndByValue() {
    MapData interfaces =
        new MapData("10", "11").texts("name", "et-0/0/0", "et-0/0/0.0").integers("speed", 5, 7);
    interfaces.tables.put("entity", new MapData("10", "20").texts("label", "slot", "card"));

    assertThat(interfaces.eval("lookup(name, part(name, '.', 0), speed)"))
        .containsExactly("5", "5");
    assertThat(interfaces.eval("entity.label[index]")).containsExactly("slot", "-");
    assertThat(interfaces.eval("lookup(entity.label, 'card', entity.index)"))
        .containsExactly("20", "20");
    assertThat(interfaces.eval("count(entity.label == 'slot') + count()"))
        .containsExactly("3", "3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 +  | 3 | a value is expected here, not the end",
        "descr + | 7 | a value is expected here, not the end",
        "1 + 'a' * 2 | 4 | '*' needs a number here, but this is text",
        "stat == 2 | 0 | there is no column or scalar 'stat'; did you mean 'state'?",
        "ctrl | 0 | there is no column or scalar 'ctrl'; a text is written 'ctrl' in quotes",
        "state == 'up' | 6 | cannot compare integer with text",
        "matches(descr, '(') | 15 | not a regular expression: Unclosed group",
        "count(count()) | 6 | an aggregate cannot stand within another",
        "round(temp, temp) | 12 | a whole number from 0 to 12 is expected here",
        "nosuch(1) | 0 | there is no function 'nosuch'",
        "other.x[1] | 0 | there is no table 'other' at this point",
        "'abc | 0 | the text that starts here does not end",
        "true ? 1 : 'a' | 11 | both results must have one type, but they are integer and text",
        "2 2 | 2 | '2' is not expected after a whole expression",
        "a # b | 2 | '#' has no meaning here",
      })
  void saysWhatIsWrongAndWhere(String source, int offset, String message) {
    assertThatThrownBy(() -> juniper.eval(source))
        .isInstanceOfSatisfying(
            ExpressionException.class,
            e -> {
              assertThat(e).hasMessageStartingWith(message);
              assertThat(e.offset()).isEqualTo(offset);
            });
  }

  @Test
  void boundsSizeDepthAndSteps() {
    MapData one = new MapData("1");
    assertThatThrownBy(() -> one.eval("(".repeat(100) + "1" + ")".repeat(100)))
        .hasMessageContaining("nested deeper");
    assertThatThrownBy(() -> one.eval("1+".repeat(900) + "1")).hasMessageContaining("800 terms");
    assertThatThrownBy(() -> one.eval("1".repeat(5000))).hasMessageContaining("4000 characters");
    String endless = "matches('" + "a".repeat(60) + "!', '^a*a*a*a*a*a*a*a*b')";
    assertThat(one.eval(endless)).containsExactly("-");
    assertThatThrownBy(
            () -> Expression.compile(endless, one.scope(false)).evaluate(one, new Budget(1_000)))
        .isInstanceOf(LimitExceededException.class);
  }

  @Test
  void addsCountersAsUnsignedPatterns() {
    MapData one = new MapData("1").integers("a", -1L).integers("b", 2);

    assertThat(one.eval("a + b")).containsExactly("1");
  }

  @Test
  void takesNoLongerToCompileForDeepNesting() {
    for (String shape :
        new String[] {"abs(%s)", "number(%s)", "least(%s, 2.5)", "greatest(1.5, %s)"}) {
      String source = "1.5";
      for (int depth = 0; depth < 25; depth++) {
        source = shape.formatted(source);
      }
      String nested = source;

      assertThatCode(() -> assertThat(juniper.eval(nested)).hasSize(3))
          .as(shape)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void readsEveryDigitOfAnIntegerInAText() {
    assertThat(juniper.eval("int('9007199254740993')")).containsOnly("9007199254740993");
    assertThat(juniper.eval("int(' -9223372036854775807 ')")).containsOnly("-9223372036854775807");
    assertThat(juniper.eval("int('18446744073709551615') == -1")).containsOnly("true");
    assertThat(juniper.eval("int('12.9')")).containsOnly("12");
    assertThat(juniper.eval("int('1e3')")).containsOnly("1000");
    assertThat(juniper.eval("int('12 V')")).containsOnly("-");
    assertThat(juniper.eval("int('')")).containsOnly("-");
  }

  @Test
  void replacesNothingByWhatDoesNotFit() {
    String spaces = "-".repeat(2_500);

    assertThat(juniper.eval("replace(descr, ' ', '%s')".formatted(spaces)))
        .containsExactly("FPC:" + spaces + "EX4600", "PIC:" + spaces + "24x10G", "-");
  }
}
