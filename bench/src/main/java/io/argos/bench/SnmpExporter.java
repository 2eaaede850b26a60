package io.argos.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The peer: prometheus-snmp-exporter, a process of its own, scraped over HTTP. */
final class SnmpExporter implements AutoCloseable {
  private static final int CONNECTIONS = 16;
  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final DeviceSimulator simulator;
  private final int devices;
  private final AtomicInteger next = new AtomicInteger();

  private SnmpExporter(Process process, URI base, DeviceSimulator simulator, int devices) {
    this.process = process;
    this.base = base;
    this.simulator = simulator;
    this.devices = devices;
  }

  static SnmpExporter start(
      Path program, Path configuration, Path folder, DeviceSimulator simulator, int devices)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + configuration,
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=error")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("snmp-exporter.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    SnmpExporter exporter =
        new SnmpExporter(process, URI.create("http://127.0.0.1:" + port), simulator, devices);
    exporter.awaitAnswer();
    return exporter;
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    for (int attempt = 0; attempt < 100; attempt++) {
      try {
        scrape();
        return;
      } catch (IOException e) {
        if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    }
    close();
    throw new IOException("snmp_exporter does not answer at " + base);
  }

  private void scrape() throws IOException, InterruptedException {
    InetSocketAddress device = simulator.device(next.getAndIncrement() % devices);
    String target = device.getAddress().getHostAddress() + ":" + device.getPort();
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/snmp?module=if20&target=" + target))
            .timeout(Duration.ofSeconds(20))
            .build();
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(
          "snmp_exporter answers " + response.statusCode() + " for " + request.uri());
    }
  }

  /** Scrapes over sixteen connections for some seconds and measures the exporter. */
  Measured measure(int seconds) throws IOException, InterruptedException {
    scrapeFor(2);
    simulator.takeCounts();
    double cpu = ProcessCost.cpuSeconds(process.pid());
    long began = System.nanoTime();
    long polls = scrapeFor(seconds);
    double wall = (System.nanoTime() - began) / 1e9;
    return new Measured(
        polls,
        wall,
        ProcessCost.cpuSeconds(process.pid()) - cpu,
        ProcessCost.peakMemoryMiB(process.pid()),
        simulator.takeCounts());
  }

  private long scrapeFor(int seconds) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<Future<Long>> connections = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        connections.add(
            threads.submit(() -> {
              long polls = 0;
              for (; System.nanoTime() < end; polls++) {
                scrape();
              }
              return polls;
            }));
      }
    }
    long polls = 0;
    for (Future<Long> connection : connections) {
      try {
        polls += connection.get();
      } catch (ExecutionException e) {
        throw new IOException("scraping failed", e);
      }
    }
    return polls;
  }

  @Override
  public void close() {
    http.close();
    process.destroy();
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
