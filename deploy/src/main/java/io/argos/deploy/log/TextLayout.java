package io.argos.deploy.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** One line for people; an exception follows on lines of its own. */
final class TextLayout extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  @Override
  public String doLayout(ILoggingEvent event) {
    var name = event.getLoggerName();
    var line =
        new StringBuilder(160)
            .append(TIME.format(event.getInstant()))
            .append(' ')
            .append("%-5s".formatted(event.getLevel()))
            .append(" [")
            .append(Escapes.line(event.getThreadName()))
            .append("] ")
            .append(name.substring(name.lastIndexOf('.') + 1))
            .append(": ")
            .append(Escapes.line(event.getFormattedMessage()))
            .append('\n');
    if (event.getThrowableProxy() != null) {
      // Messages within may come from a device; the lines themselves are ours.
      ThrowableProxyUtil.asString(event.getThrowableProxy())
          .lines()
          .forEach(each -> line.append("    ").append(Escapes.line(each)).append('\n'));
    }
    return line.toString();
  }
}
