package io.argos.deploy.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code argos completion}. */
@Command(
    name = "completion",
    description = "Prints a script that completes commands and options in bash or zsh.",
    footer = {
      "  source <(argos completion bash)                            for this shell",
      "  argos completion bash > /etc/bash_completion.d/argos       for everybody",
      "  argos completion zsh > \"$${fpath[1]}/_argos\"               for zsh"
    })
final class CompletionCommand implements Callable<Integer> {
  /** Shells with a script. */
  enum Shell {
    BASH,
    ZSH
  }

  @Mixin private Context context = new Context();

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.", arity = "0..1")
  private Shell shell = Shell.BASH;

  @Override
  public Integer call() {
    if (shell == Shell.ZSH) {
      context.out().println("autoload -U +X bashcompinit && bashcompinit");
    }
    context.out().print(AutoComplete.bash("argos", context.rootSpec().commandLine()));
    return ExitCode.OK.code();
  }
}
