package io.argos.deploy.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Sets up logging for the whole process, once the command line is known. */
public final class LogSetup {
  /** Libraries that say at info and warn what we say ourselves, in one line for each change. */
  private static final List<String> NOISY =
      List.of(
          "org.apache.kafka",
          "kafka",
          "org.apache.zookeeper",
          "org.apache.curator",
          "org.quartz",
          "org.snmp4j",
          "redis",
          "org.apache.avro",
          "state.change.logger");

  /** Warns at each assignment, for each task, where one instance runs alone. */
  private static final String STANDBYS =
      "org.apache.kafka.streams.processor.internals.assignment.DefaultStandbyTaskAssignor";

  private LogSetup() {}

  /**
   * Replaces whatever logging there is.
   *
   * @param level least level of our own lines
   * @param service whether the process runs until stopped: libraries then log from warn, in a short
   *     command from error, and in both from our own level if that is trace
   * @param stream where lines go
   */
  public static void start(Level level, boolean service, LogFormat format, OutputStream stream) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    var layout =
        switch (format) {
          case TEXT -> new TextLayout();
          case JSON -> new JsonLayout();
        };
    layout.setContext(context);
    layout.start();
    var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.start();
    var appender = new OutputStreamAppender<ILoggingEvent>();
    appender.setName("stderr");
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(new Unclosed(stream));
    appender.addFilter(belowLevel(context));
    if (level != Level.TRACE) {
      Noise noise = new Noise();
      noise.start();
      appender.addFilter(noise);
    }
    appender.start();

    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(ch.qos.logback.classic.Level.convertAnSLF4JLevel(level));
    var libraries = service ? Level.WARN : Level.ERROR;
    var least = level == Level.TRACE || level.toInt() > libraries.toInt() ? level : libraries;
    for (var name : NOISY) {
      context.getLogger(name).setLevel(ch.qos.logback.classic.Level.convertAnSLF4JLevel(least));
    }
    if (level != Level.TRACE) {
      context.getLogger(STANDBYS).setLevel(ch.qos.logback.classic.Level.ERROR);
    }
    // Last, so that nothing is written under the levels of a moment before.
    root.addAppender(appender);
  }

  /** A thread may have passed the level of a moment before, and come here only now. */
  private static Filter<ILoggingEvent> belowLevel(LoggerContext loggers) {
    Filter<ILoggingEvent> filter =
        new Filter<>() {
          @Override
          public FilterReply decide(ILoggingEvent event) {
            var least = loggers.getLogger(event.getLoggerName()).getEffectiveLevel();
            return event.getLevel().isGreaterOrEqual(least)
                ? FilterReply.NEUTRAL
                : FilterReply.DENY;
          }
        };
    filter.start();
    return filter;
  }

  /** The process's stderr outlives the appender. */
  private static final class Unclosed extends java.io.FilterOutputStream {
    Unclosed(OutputStream stream) {
      super(stream);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws java.io.IOException {
      out.write(bytes, from, count);
    }

    @Override
    public void close() throws java.io.IOException {
      flush();
    }
  }
}
