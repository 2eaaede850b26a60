package io.argos.polling.trap;

import io.argos.snmp.trap.Trap;
import io.argos.snmp.trap.TrapVarbind;
import java.util.LinkedHashMap;
import java.util.Map;

/** The varbinds of a trap as the attributes of its event, bounded in number and in size. */
final class TrapText {
  private static final int MOST_VARBINDS = 64;
  private static final int LONGEST_VALUE = 512;
  private static final int LONGEST_NAME = 256;

  private TrapText() {}

  /** Each varbind by its oid; what is cut ends in an ellipsis, what is left out is counted. */
  static Map<String, String> varbinds(Trap trap) {
    Map<String, String> texts = new LinkedHashMap<>();
    int left = 0;
    for (TrapVarbind varbind : trap.varbinds()) {
      if (texts.size() < MOST_VARBINDS) {
        texts.put(cut(varbind.oid().toString(), LONGEST_NAME), value(varbind.text()));
      } else {
        left++;
      }
    }
    if (left > 0) {
      texts.put("varbinds.left-out", Integer.toString(left));
    }
    return texts;
  }

  /** A value that is not too long. */
  static String value(String text) {
    return cut(text, LONGEST_VALUE);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + '…';
  }
}
