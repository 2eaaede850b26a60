package io.argos.snmp;

import java.util.Arrays;

/**
 * The instances of one column, or the one instance of a scalar, in the order of the device, as
 * primitive arrays. The arrays are shared with other columns and other replies: readers must not
 * write to them.
 *
 * @param oid the column without an instance; of a scalar its oid with the instance
 * @param indexes the arcs behind the column for each row; for a scalar one empty array
 * @param types type of each row, never {@link SnmpType#ABSENT}: what is not there is no row
 * @param numbers value of each numeric row: INTEGER sign-extended, the others as unsigned patterns;
 *     0 elsewhere
 * @param octets value of each row that is no number: raw octets of OCTETS, OPAQUE and IP_ADDRESS,
 *     dotted decimal in ASCII of OID; null elsewhere
 * @param complete false when the walk was cut before the column's end
 */
public record SnmpColumn(
    Oid oid, int[][] indexes, SnmpType[] types, long[] numbers, byte[][] octets, boolean complete) {

  /** Count of rows. */
  public int size() {
    return indexes.length;
  }

  /**
   * Position of the row with an index, or -1. Rows are in ascending order unless the device broke
   * it.
   */
  public int find(int[] index) {
    int low = 0;
    int high = indexes.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Arrays.compareUnsigned(indexes[middle], index);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }
}
