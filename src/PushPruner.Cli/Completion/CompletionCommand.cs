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

/// <summary>
/// What shells take to complete a command line. Each asks the program itself, by the directive <c>[suggest]</c> of its parser.
/// </summary>
static class CompletionScript
{
    public static IReadOnlyDictionary<string, string> Of { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["bash"] = Bash,
        ["powershell"] = PowerShell,
        ["zsh"] = Zsh,
    };

    // Where nothing is suggested, files are.
    const string Bash = """
        _pushpruner() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(pushpruner "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o bashdefault -o default -F _pushpruner pushpruner

        """;

    const string Zsh = """
        #compdef pushpruner
        _pushpruner() {
            local -a found
            found=("${(@f)$(pushpruner "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -- "${found[@]}" || _files
        }
        compdef _pushpruner pushpruner

        """;

    const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName pushpruner -ScriptBlock {
            param($word, $ast, $position)
            pushpruner "[suggest:$position]" "$ast" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;
}
