using System.CommandLine;

namespace PushPruner.Cli.Completion;

/// <summary><c>pushpruner completion SHELL</c></summary>
static class CompletionCommand
{
    public static Command Create(TextWriter output)
    {
        var shell = new Argument<string>("SHELL")
        {
            Description = "bash, zsh or powershell.",
            CustomParser = result =>
            {
                var text = result.Tokens.Single().Value;
                if (!CompletionScript.Of.ContainsKey(text))
                    result.AddError(new SettingException("SHELL", text, string.Join(", ", CompletionScript.Of.Keys)).Message);
                return text;
            },
        };
        var command = new Command("completion", """
            Prints the script that lets a shell complete the commands and options of pushpruner.

            Examples:
              pushpruner completion bash > ~/.local/share/bash-completion/completions/pushpruner
              pushpruner completion zsh > "${fpath[1]}/_pushpruner"
              pushpruner completion powershell >> $PROFILE

            Exit codes:
              0    printed
              2    wrong usage
            """)
        {
            shell,
        };
        command.SetAction(async (parsed, _) =>
        {
            await output.WriteAsync(CompletionScript.Of[parsed.GetRequiredValue(shell)]);
            return ExitCode.Done;
        });
        return command;
    }
}
