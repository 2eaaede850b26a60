package io.argos.profile.format;

/**
 * A place in a file.
 *
 * @param file name of the file
 * @param line line, from 1
 * @param column column, from 1
 */
public record Place(String file, int line, int column) {
  /** The place some characters further on in the line. */
  Place further(int characters) {
    return new Place(file, line, column + characters);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
