package io.argos.deploy.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code argos device}. */
@Command(
    name = "device",
    description = "Works with one device, with nothing running.",
    subcommands = {DeviceCaptureCommand.class},
    footer = {"  argos device capture 192.0.2.1 --community - -o frob.snmprec"})
final class DeviceCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();

  @Override
  public Integer call() {
    return context.missingCommand();
  }
}
